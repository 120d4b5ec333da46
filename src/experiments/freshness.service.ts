import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { durationMilliseconds } from '../operations/duration.js';
import { RegistryService } from './registry.service.js';

const periodMilliseconds = 500;

/**
 * Lets experiments fail closed: once this process has not been able to compare memory with the database for longer than
 * an experiment's `failClosedAfter`, that experiment is served its fallback until it can again. A kill that this process
 * never heard of then takes effect all the same.
 */
@Injectable()
export class FreshnessService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(FreshnessService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly registry: RegistryService) {}

  onModuleInit(): void {
    this.timer = setInterval(() => this.look(performance.now()), periodMilliseconds).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @param now milliseconds of `performance.now()`, which no change of the machine's clock can move */
  look(now: number): void {
    const silence = now - this.registry.confirmedAt;
    for (const { experiment, cutOff = false } of this.registry.list()) {
      const { key, failClosedAfter } = experiment;
      if (failClosedAfter === null && !cutOff) continue;
      const isCutOff = failClosedAfter !== null && silence > durationMilliseconds(failClosedAfter);
      if (isCutOff === cutOff) continue;
      this.registry.cutOff(key, isCutOff);
      this.logger.warn(
        isCutOff
          ? `"${key}" is served its fallback: the database has confirmed nothing for ${Math.round(silence / 1_000)} s (failClosedAfter ${failClosedAfter})`
          : `"${key}" is served as before: the database confirms it again`,
      );
    }
  }
}
