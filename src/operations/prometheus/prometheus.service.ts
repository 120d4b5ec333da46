import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Seconds; from an assignment out of memory (below 1 ms) to a slow model's answer. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The Prometheus metrics of this process. Other modules add theirs with `registers: [prometheus.registry]`. */
@Injectable()
export class Prometheus implements OnModuleDestroy {
  readonly registry = new Registry();

  private readonly requestSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer, by route template',
    labelNames: ['method', 'route', 'status_code'],
    buckets: DURATION_BUCKETS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts an answered request under its route's template; `undefined` for an address without a route. */
  observeRequest(method: string, route: string | undefined, status: number, milliseconds: number): void {
    this.requestSeconds.observe({ method, route: route ?? 'none', status_code: status }, milliseconds / 1000);
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }
}
