import { Injectable, Logger } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { Readiness, ReadinessProbe, ReadinessState } from './readiness-probe.js';

const PATIENCE_MILLISECONDS = 2_000;

/** The probes that modules have registered, and what they say now. */
@Injectable()
export class ReadinessProbes {
  private readonly logger = new Logger('Readiness');
  private readonly probes = new Map<string, ReadinessProbe>();
  private readonly states = new Map<string, ReadinessState>();

  constructor(private readonly indicators: HealthIndicatorService) {}

  /** Adds a probe. Two of one name are a mistake in the wiring and throw. */
  register(probe: ReadinessProbe): void {
    if (this.probes.has(probe.name)) {
      throw new Error(
        `A readiness probe named "${probe.name}" is registered already; give this one another name.`,
      );
    }
    this.probes.set(probe.name, probe);
  }

  /** One check per probe, as terminus takes them. A change of state is logged once, not at every call. */
  checks(patience = PATIENCE_MILLISECONDS): (() => Promise<HealthIndicatorResult>)[] {
    return [...this.probes.values()].map((probe) => () => this.ask(probe, patience));
  }

  private async ask(probe: ReadinessProbe, patience: number): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(probe.name);
    let readiness: Readiness = { state: 'down' };
    const attempt = await indicator
      .attempt(async () => {
        readiness = await probe.check();
      })
      .withTimeout(patience);
    const answered = attempt[probe.name]?.status === 'up';
    const { state, detail }: Readiness = answered
      ? readiness
      : { state: 'down', detail: { message: 'does not answer' } };
    this.note(probe.name, state);
    switch (state) {
      case 'up':
        return indicator.up({ ...detail });
      case 'degraded':
        return indicator.degraded({ ...detail });
      case 'down':
        return indicator.down({ ...detail });
    }
  }

  private note(name: string, state: ReadinessState): void {
    const before = this.states.get(name) ?? 'up';
    this.states.set(name, state);
    if (before === state) return;
    const message = `${name} is ${state} (was ${before})`;
    if (state === 'up') this.logger.log(message);
    else this.logger.warn(message);
  }
}
