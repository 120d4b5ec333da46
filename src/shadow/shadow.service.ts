import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import type { Judge } from '../experiments/judge.js';
import { pairwiseResult } from '../judging/pair.js';
import { LlmService } from '../llm/llm.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { isOver, type ShadowJudged, type ShadowRun, type ShadowView } from './shadow-run.js';
import type { StartShadowBody } from './shadow.schema.js';
import { ShadowStore } from './shadow.store.js';

/** Starts, stops and shows runs of candidates on logged prompts. */
@Injectable()
export class ShadowService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly llm: LlmService,
    private readonly runs: ShadowStore,
    private readonly clock: Clock,
  ) {}

  /** Throws INVALID_REQUEST for a config that cannot be sent, CONFLICT while another candidate is tried. */
  async start(key: string, body: StartShadowBody): Promise<ShadowView> {
    const experiment = await this.experiments.find(key);
    if (isOver(experiment.status))
      throw new AssayError(
        'CONFLICT',
        `"${key}" is ${experiment.status}, so there is nothing to try a candidate for.`,
      );
    this.refuseUnusable(body.config);
    const createdAt = this.clock.now();
    const state = { status: 'running', reason: null, createdAt, endedAt: null } as const;
    const run: ShadowRun = { id: uuid(), ...body, ...state };
    if (!(await this.runs.insert(experiment.id, run)))
      throw new AssayError(
        'CONFLICT',
        `A candidate is being tried on "${key}" already; wait for it, or stop it by POST /v1/experiments/${key}/shadow/stop.`,
      );
    return this.view(run, experiment);
  }

  /** Ends the one that runs, if any, and shows all. */
  async stop(key: string): Promise<{ runs: ShadowView[] }> {
    const { id } = await this.experiments.find(key);
    const running = (await this.runs.list(id)).find(({ status }) => status === 'running');
    if (running) await this.runs.end(running.id, 'stopped', this.clock.now());
    return this.list(key);
  }

  /** The newest first. */
  async list(key: string): Promise<{ runs: ShadowView[] }> {
    const experiment = await this.experiments.find(key);
    const runs = await this.runs.list(experiment.id);
    return { runs: await Promise.all(runs.map((run) => this.view(run, experiment))) };
  }

  private async view(run: ShadowRun, { judge, plan }: Experiment): Promise<ShadowView> {
    const { answers, costUsd: spentUsd } = await this.runs.spend(run.id);
    const failures = (await this.runs.failures(run.id)).map(({ error, count }) => [error, count] as const);
    const { scored, control, candidate } = await this.runs.figures(run.id);
    const judged = judge && { scored, ...(await this.judgedOf(run.id, judge, plan.alpha)) };
    const figures = { control, candidate, judged };
    return { ...run, spentUsd, answers, failures: Object.fromEntries(failures), ...figures };
  }

  private async judgedOf(
    id: string,
    { pairwise }: Judge,
    alpha: number,
  ): Promise<Omit<ShadowJudged, 'scored'>> {
    const pairs = pairwise ? pairwiseResult('candidate', await this.runs.pairs(id), alpha) : null;
    return { pairwise: pairs, ...(await this.runs.judging(id)) };
  }

  private refuseUnusable(config: ShadowRun['config']): void {
    try {
      this.llm.check(config);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      const faults = error.faults.map((fault) => ({ ...fault, pointer: `/config${fault.pointer}` }));
      throw new AssayError('INVALID_REQUEST', error.message, faults);
    }
  }
}
