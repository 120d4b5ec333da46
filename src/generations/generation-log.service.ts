import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { v7 as uuid } from 'uuid';
import { writeApart } from '../database/write-apart.js';
import type { GenerationLogSetting } from '../experiments/generation-log.js';
import type { Experiment } from '../experiments/experiment.js';
import type { GenerationEvent } from '../llm/generation-metrics.js';
import { Clock } from '../operations/clock.js';
import type { Readiness } from '../operations/health/readiness-probe.js';
import { ReadinessProbes } from '../operations/health/readiness-probes.service.js';
import { databaseFailure, refusesData } from '../operations/problem/database-failure.js';
import { Prometheus } from '../operations/prometheus/prometheus.service.js';
import { GenerationBuffer } from './generation-buffer.js';
import { GENERATION_LOG_OPTIONS, type GenerationLogOptions } from './generation-log.options.js';
import { GenerationWriter } from './generation-writer.service.js';
import { loggedDetail } from './logged-detail.js';
import {
  observedGeneration,
  type GenerationSubject,
  type ObservedGeneration,
} from './observed-generation.js';

const batchBounds = { entries: 200, characters: 4_000_000 };
/** What may wait for a database that is away. */
const waitingBounds = { entries: 20_000, characters: 64_000_000 };
const retryMilliseconds = 500;
/** How long a drop is held against the log's health. */
const memoryOfDrops = 3_600_000;

/**
 * Takes down what models were asked and answered, behind the requests that wait for them.
 *
 * - What was handed in stays until it is committed, up to a bound; beyond, it is dropped and counted: in the report, in
 *   `/health` and in `assay_generations_dropped_total`.
 * - Texts are redacted before they leave the process, and never appear in its own log.
 */
@Injectable()
export class GenerationLog implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(GenerationLog.name);
  private readonly buffer = new GenerationBuffer<ObservedGeneration>(waitingBounds);
  private readonly loggedCounter: Counter;
  private readonly droppedCounter: Counter;
  /** Lost and not yet counted in the database, by experiment. */
  private dropped = new Map<number, number>();
  private droppedInAll = 0;
  private droppedAt = -Infinity;
  private flushing: Promise<void> | null = null;
  private closing = false;
  private isAway = false;

  constructor(
    @Inject(GENERATION_LOG_OPTIONS) private readonly options: GenerationLogOptions,
    private readonly writer: GenerationWriter,
    private readonly probes: ReadinessProbes,
    private readonly clock: Clock,
    { registry }: Prometheus,
  ) {
    const registers = [registry];
    this.loggedCounter = new Counter({
      name: 'assay_generations_logged_total',
      help: 'Generations that were written down or counted',
      registers,
    });
    this.droppedCounter = new Counter({
      name: 'assay_generations_dropped_total',
      help: 'Generations that were lost because the database was away for too long',
      registers,
    });
    const waiting = () => this.buffer.size;
    new Gauge({
      name: 'assay_generations_waiting',
      help: 'Generations that wait to be written down',
      registers,
      collect() {
        this.set(waiting());
      },
    });
  }

  onModuleInit(): void {
    this.probes.register({ name: 'generationLog', check: () => Promise.resolve(this.readiness()) });
  }

  /** What of an experiment's generations is logged. */
  settingOf({ generationLog }: Pick<Experiment, 'generationLog'>): GenerationLogSetting {
    return generationLog ?? this.options.setting;
  }

  /** Takes a generation; one of an experiment that is not known is nobody's. Costs no more than remembering it. */
  record(subject: GenerationSubject, event: GenerationEvent): void {
    const experiment = subject.assignment.entry?.experiment;
    if (!experiment) return;
    const at = this.clock.now();
    const id = uuid({ msecs: at.getTime() });
    const { unitId } = subject.assignment;
    const detail = loggedDetail(this.settingOf(experiment), experiment.salt, unitId === '' ? id : unitId);
    const observed = observedGeneration(id, at, subject, detail, event);
    if (this.buffer.add(observed)) this.flushing ??= this.flush();
    else this.drop([observed]);
  }

  /** Resolves once everything handed in so far is committed, or given up. */
  async drained(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.drained();
    const lost = [...this.dropped.values()].reduce((sum, count) => sum + count, 0);
    if (lost > 0) this.logger.error(`${lost} generations could not be written before shutdown`);
  }

  private async flush(): Promise<void> {
    // Lets all that this turn of the event loop brings share one transaction.
    await new Promise(setImmediate);
    for (;;) {
      const observed = this.buffer.take(batchBounds);
      if (observed.length === 0) break;
      await writeApart(
        observed,
        (rows) => this.write(rows),
        (row, error) => this.giveUp(row, error),
      );
      this.buffer.release(observed);
    }
    this.flushing = null;
  }

  /** Waits for a database that is away; rejects where the database will never take all of it. */
  private async write(observed: readonly ObservedGeneration[]): Promise<void> {
    const batch = await this.writer.prepare(observed);
    for (;;) {
      const { dropped } = this;
      this.dropped = new Map();
      try {
        await this.writer.write(batch, dropped);
        this.loggedCounter.inc(observed.length);
        this.isAway = false;
        return;
      } catch (error) {
        for (const [experiment, count] of dropped) this.noteDropped(experiment, count);
        if (refusesData(error)) throw error;
        this.complain(error);
        if (this.closing) return this.drop(observed);
        await new Promise((resolve) => setTimeout(resolve, retryMilliseconds).unref());
      }
    }
  }

  private giveUp(observed: ObservedGeneration, error: unknown): void {
    this.logger.error(`A generation is given up: the database refuses it (${nameOf(error)})`);
    this.drop([observed]);
  }

  private drop(observed: readonly ObservedGeneration[]): void {
    const now = this.clock.now().getTime();
    if (now - this.droppedAt > memoryOfDrops)
      this.logger.error('Generations are dropped: see assay_generations_dropped_total');
    this.droppedAt = now;
    this.droppedInAll += observed.length;
    this.droppedCounter.inc(observed.length);
    for (const { subject } of observed) this.noteDropped(subject.assignment.entry!.experiment.id, 1);
  }

  private noteDropped(experimentId: number, count: number): void {
    this.dropped.set(experimentId, (this.dropped.get(experimentId) ?? 0) + count);
  }

  /** Once for each time that the database goes. Never with the driver's error: it holds what was to be written. */
  private complain(error: unknown): void {
    if (this.isAway) return;
    this.isAway = true;
    this.logger.warn(`${this.buffer.size} generations wait for the database (${nameOf(error)})`);
  }

  private readiness(): Readiness {
    const detail = { waiting: this.buffer.size, dropped: this.droppedInAll };
    const hasDropped = this.clock.now().getTime() - this.droppedAt < memoryOfDrops;
    return { state: this.isAway || hasDropped ? 'degraded' : 'up', detail };
  }
}

function nameOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const cause = (error as { driverError?: { code?: unknown } }).driverError?.code;
  return [databaseFailure(error), cause ?? code ?? name].filter((part) => typeof part === 'string').join(' ');
}
