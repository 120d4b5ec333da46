import { Injectable } from '@nestjs/common';
import { weightPeriods } from '../analysis/measurement/weight-periods.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Experiment } from '../experiments/experiment.js';
import type { RolloutState } from '../experiments/schedule.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import type { Change } from '../lifecycle/change.js';
import { dueAfter } from '../lifecycle/due-after.js';
import type { StepDecision } from '../lifecycle/due-step.service.js';
import { DueStepStore } from '../lifecycle/due-step.store.js';
import type { DueStep } from '../lifecycle/due-step.js';
import { guardrailPeriod } from '../lifecycle/start.js';
import { TimeTotalsStore } from '../metrics/time-totals.store.js';
import { abortRollout } from './rollout-change.js';
import { stageFigures, stageHarm, type StageFigure } from './stage-figures.js';

/** A rollout as people look at it. */
export interface RolloutView {
  readonly experiment: string;
  readonly status: Experiment['status'];
  readonly phase: number;
  /** Null while none is under way. */
  readonly rollout: RolloutState | null;
  /** RFC 3339 instant at which the next stage is due; null while the rollout is paused, and without one. */
  readonly nextStageAt: string | null;
  /** The winner against the control that is left, in the present stage. */
  readonly figures: readonly StageFigure[];
}

/** What the present stage says of going on. */
export interface StageLook {
  /** The return of a rollout whose winner does harm; null while it does none. */
  readonly back: Change | null;
  /** Whether the winner looks worse than control on a figure that has no interval, such as one without any spread. */
  readonly isUnclear: boolean;
}

/** Watches a rollout: what the winner does against the shrinking control, and whether that is harm. */
@Injectable()
export class StageService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly totals: TimeTotalsStore,
    private readonly epochs: WeightEpochStore,
    private readonly dueSteps: DueStepStore,
  ) {}

  /** The present stage's figures; none outside of a rollout. */
  async figures(experiment: Experiment): Promise<StageFigure[]> {
    const { id, phase, rollout, metrics } = experiment;
    if (!rollout) return [];
    const watched = metrics.primary.flatMap((key) => this.catalogue.get(key)?.metric ?? []);
    const query = { experimentId: id, phase, metrics: watched.map(({ key }) => key), binsBefore: null };
    const exposed = await this.totals.exposedDays(query);
    const totals = await this.totals.cohortDays(query);
    const stage = (await this.epochs.list(id)).filter((epoch) => epoch.phase === phase);
    const periods = weightPeriods(stage);
    return stageFigures(experiment, rollout, watched, { periods, days: { totals, exposed } });
  }

  /** Takes a rollout back once its winner is surely worse than control in the present stage; else looks again soon. */
  async watch(experiment: Experiment, { dueAt }: DueStep, now: Date): Promise<StepDecision> {
    if (experiment.status !== 'rolling-out') return null;
    const { back } = await this.look(experiment, now);
    return back ?? { postpone: dueAfter(dueAt, guardrailPeriod, now) };
  }

  /** What the present stage says of going on. */
  async look(experiment: Experiment, now: Date): Promise<StageLook> {
    const figures = await this.figures(experiment);
    const isUnclear = figures.some(({ verdict }) => verdict === 'unclear');
    const harm = stageHarm(figures);
    if (harm === null) return { back: null, isUnclear };
    const evidence = { phase: experiment.phase, figures };
    return { back: abortRollout({ seen: experiment, actor: 'rollout', now }, harm, evidence), isUnclear };
  }

  /** Where a rollout stands, with the present stage's figures. */
  async view(experiment: Experiment): Promise<RolloutView> {
    const { key, status, phase, rollout } = experiment;
    const steps = await this.dueSteps.list(experiment.id);
    const next = steps.find(({ kind }) => kind === 'rollout')?.dueAt ?? null;
    const figures = await this.figures(experiment);
    return { experiment: key, status, phase, rollout, nextStageAt: next?.toISOString() ?? null, figures };
  }
}
