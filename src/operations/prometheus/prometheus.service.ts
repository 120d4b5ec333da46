import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Registry, type Metric } from 'prom-client';
import { RequestDurations } from './request-durations.js';

/** The Prometheus metrics of this process. Other modules add theirs with `registers: [prometheus.registry]`. */
@Injectable()
export class Prometheus implements OnModuleDestroy {
  readonly registry = new Registry();
  private readonly requests = new RequestDurations();

  constructor() {
    this.registry.registerMetric(this.requests as unknown as Metric);
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts an answered request under its route's template; `undefined` for an address without a route. */
  observeRequest(method: string, route: string | undefined, status: number, milliseconds: number): void {
    this.requests.observe(method, route ?? 'none', status, milliseconds / 1000);
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }
}
