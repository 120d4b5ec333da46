import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Experiment } from '../experiments/experiment.js';
import { RegistryService } from '../experiments/registry.service.js';
import { LlmError } from '../llm/llm-error.js';
import { LlmService } from '../llm/llm.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { judgingMilliseconds, noJudgement, ShadowJudging } from './shadow-judging.service.js';
import {
  endOf,
  isOver,
  type LoggedQuestion,
  type ShadowAnswer,
  type ShadowJudgement,
  type ShadowRun,
} from './shadow-run.js';
import { ShadowStore } from './shadow.store.js';

const callMilliseconds = 60_000;
const writeMilliseconds = 30_000;

/**
 * Asks candidates, off everybody's request: one call at a time for each run, by one process, which another takes over from
 * once its lease is over. What is asked here is part of no interaction, so nothing of it is counted.
 */
@Injectable()
export class ShadowWork implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ShadowWork.name);
  private readonly holder = uuid();
  private readonly leaving = new AbortController();
  private working: Promise<void> | null = null;

  constructor(
    private readonly registry: RegistryService,
    private readonly runs: ShadowStore,
    private readonly llm: LlmService,
    private readonly judging: ShadowJudging,
    private readonly clock: Clock,
  ) {}

  /** Goes on with every run, as far as prompts are logged; what is under way already goes on meanwhile. */
  workAll(): Promise<void> {
    this.working ??= this.workOnRunning()
      .catch((error: unknown) => this.logger.warn('Shadow runs wait', error))
      .finally(() => (this.working = null));
    return this.working;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.leaving.abort();
    await this.working;
  }

  private async workOnRunning(): Promise<void> {
    const running = await this.runs.running();
    await Promise.all(running.map((run) => this.workOn(run)));
  }

  private async workOn(run: ShadowRun & { readonly experimentId: number }): Promise<void> {
    while (!this.leaving.signal.aborted) {
      const experiment = this.registry.byId(run.experimentId)?.experiment;
      if (!experiment || !(await this.lease(run, callMilliseconds))) return;
      const end = isOver(experiment.status) ? 'experiment-over' : endOf(run, await this.runs.spend(run.id));
      if (end !== null) return this.runs.end(run.id, end, this.clock.now());
      const question = await this.runs.next(run.id, experiment);
      if (!question || !(await this.answer(run, experiment, question))) return;
    }
  }

  /** False where it was broken off, or somebody else has the run by now. */
  private async answer(run: ShadowRun, experiment: Experiment, question: LoggedQuestion): Promise<boolean> {
    const { text, ...answer } = await this.ask(run, question);
    if (this.leaving.signal.aborted) return false;
    let judgement: ShadowJudgement | null = noJudgement;
    if (text !== null && experiment.judge) {
      if (!(await this.lease(run, judgingMilliseconds))) return false;
      const { signal } = this.leaving;
      judgement = await this.judging.judge(experiment, experiment.judge, { question, text, signal });
    }
    if (!judgement) return false;
    await this.runs.record(run.id, question, { ...answer, judgement }, this.clock.now());
    return true;
  }

  /** Takes or keeps the run for as long as it takes, and time to write. */
  private lease({ id }: ShadowRun, milliseconds: number): Promise<boolean> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + milliseconds + writeMilliseconds);
    return this.runs.lease(id, { holder: this.holder, now, until });
  }

  private async ask(
    { config }: ShadowRun,
    { messages }: LoggedQuestion,
  ): Promise<ShadowAnswer & { readonly text: string | null }> {
    const { signal } = this.leaving;
    try {
      const { text, timings, costUsd } = await this.llm.generate(config, messages, {
        signal,
        deadline: callMilliseconds,
      });
      const { latencyMilliseconds } = timings;
      return { error: null, latencyMilliseconds, responseLength: text.length, costUsd, text };
    } catch (error) {
      const costUsd = error instanceof LlmError ? error.generation.costUsd : null;
      const kind =
        error instanceof LlmError ? error.kind : error instanceof AssayError ? error.code : 'INTERNAL';
      return { error: kind, latencyMilliseconds: null, responseLength: null, costUsd, text: null };
    }
  }
}
