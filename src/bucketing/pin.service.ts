import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RedisConnection } from '../database/redis.client.js';
import type { Experiment } from '../experiments/experiment.js';
import { Clock } from '../operations/clock.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { Pin } from './assignment.js';
import { BUCKETING_OPTIONS, type BucketingOptions } from './bucketing.options.js';
import { ExposureWriter } from './exposure-writer.service.js';
import { PinReader } from './pin-reader.service.js';
import { sessionPinExpired } from './session-pin.js';
import { unitKey } from './unit-key.js';

const redisPinSeconds = 3_600;

/** What a look-up found: the pin, that there is none (null), or that nobody could say just now. */
export type PinLookup = Pin | null | 'unknown';

/**
 * Finds a unit's first assignment: in this process, then Redis, then the database, within a short deadline.
 * Only units in slots that changed hands ever get here.
 */
@Injectable()
export class PinService {
  private readonly logger = new Logger(PinService.name);
  private readonly pins = new LRUCache<string, { pin: Pin }>({ max: 100_000 });

  constructor(
    @Inject(BUCKETING_OPTIONS) private readonly options: BucketingOptions,
    private readonly reader: PinReader,
    private readonly writer: ExposureWriter,
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {}

  /** A pin that memory holds, without waiting for anything. */
  remembered(experiment: Experiment, unitId: string): Pin | undefined {
    // What this process exposed first: that needs no key.
    const exposed = this.writer.find(experiment.id, unitId, 0);
    return exposed ?? this.pins.get(keyOf(experiment, unitKey(unitId)))?.pin;
  }

  async find(experiment: Experiment, unitId: string): Promise<PinLookup> {
    const unit = unitKey(unitId);
    const deadline = new Promise<'unknown'>((resolve) => {
      setTimeout(() => resolve('unknown'), this.options.pinDeadline).unref();
    });
    return Promise.race([
      this.lookUp(experiment, unit).catch((error: unknown) => this.unknown(error)),
      deadline,
    ]);
  }

  /** Whether a session exposed at that instant may be drawn afresh. */
  hasExpired(exposedAt: Date): boolean {
    return sessionPinExpired(exposedAt, this.clock.now(), this.options.sessionPinLife);
  }

  private async lookUp(experiment: Experiment, unit: string): Promise<Pin | null> {
    const key = keyOf(experiment, unit);
    const cached = await this.cached(key);
    const pin = cached ?? (await this.stored(experiment, unit));
    if (pin === null) return null;
    this.pins.set(key, { pin }, { ttl: experiment.unit === 'session' ? redisPinSeconds * 1_000 : undefined });
    if (!cached) await this.cache(key, pin);
    return pin;
  }

  private async stored(experiment: Experiment, unit: string): Promise<Pin | null> {
    const found = await this.reader.find(experiment.id, unit);
    if (!found) return null;
    if (experiment.unit === 'session' && this.hasExpired(found.exposedAt)) return null;
    return { variant: found.variant, epoch: found.epoch };
  }

  /** Redis only saves the database work: without it, or with it down, the answer is the same. */
  private async cached(key: string): Promise<Pin | null> {
    try {
      const text = await this.redis.client?.get(`assay:pin:${key}`);
      return text ? (JSON.parse(text) as Pin) : null;
    } catch {
      return null;
    }
  }

  private async cache(key: string, pin: Pin): Promise<void> {
    const life = Math.min(
      redisPinSeconds,
      Math.ceil(durationMilliseconds(this.options.sessionPinLife) / 1_000),
    );
    await this.redis.client?.set(`assay:pin:${key}`, JSON.stringify(pin), 'EX', life).catch(() => undefined);
  }

  private unknown(error: unknown): 'unknown' {
    this.logger.warn('A first assignment could not be looked up; the unit gets the fallback for now', error);
    return 'unknown';
  }
}

/** Named after the salt and not the number: installations that share a Redis both have an experiment 1. */
function keyOf({ salt }: Experiment, unit: string): string {
  return `${salt}:${unit}`;
}
