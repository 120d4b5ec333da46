import { Injectable } from '@nestjs/common';
import { maturedBefore } from '../../bucketing/cohort.js';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import { hasHoldback } from '../../experiments/programme/programme-holdback.js';
import { WeightEpochStore } from '../../experiments/weight-epoch.store.js';
import { TimeTotalsStore } from '../../metrics/time-totals.store.js';
import { Clock } from '../../operations/clock.js';
import { weightPeriods } from '../measurement/weight-periods.js';
import { holdbackEffects, type HoldbackPhase } from './holdback-effects.js';
import { planNovelty, type NoveltyPlan } from './novelty-contrasts.js';
import { daysOfWindow, noveltyRefusal, sinceExposure, type SinceExposure } from './since-exposure.js';
import { modelEpochs } from './model-effects.js';
import type { TimeReport } from './time-effects.js';
import { assembleTimeReport } from './time-report.js';
import { unitDayTerms } from './unit-day-terms.js';

/** The phase in which variants are compared; the stages of a rollout come after it. */
const testPhase = 0;

/** Loads how the differences of an experiment move with time. Reading it changes nothing. */
@Injectable()
export class TimeEffectsService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly epochs: WeightEpochStore,
    private readonly catalogue: CatalogueService,
    private readonly store: TimeTotalsStore,
    private readonly clock: Clock,
  ) {}

  /** The time effects of the experiment of that key. Throws EXPERIMENT_NOT_FOUND. */
  async timeEffects(key: string): Promise<TimeReport> {
    return this.timeEffectsOf(await this.experiments.find(key));
  }

  /**
   * The time effects of an experiment that the caller holds already. Days since exposure are read from the outcomes
   * themselves, so the cost grows with them; all the rest comes from totals.
   */
  async timeEffectsOf(experiment: Experiment): Promise<TimeReport> {
    const now = this.clock.now();
    const metrics = experiment.metrics.primary.flatMap((key) => this.catalogue.get(key)?.metric ?? []);
    // One query at a time: a report takes one connection from those who serve users, never all of them.
    const epochs = await this.epochs.listAll(experiment.id);
    const test = await this.phase(experiment, metrics, epochs, testPhase, now);
    const { since, plans, sums } = await this.novelty(experiment, metrics, test.periods, now);
    const holdback = [test, ...(await this.stage(experiment, metrics, epochs, now))];
    const { periods, cohorts } = test;
    const models = modelEpochs(epochs.filter(({ phase }) => phase === testPhase));
    return assembleTimeReport({
      experiment,
      now,
      metrics,
      periods,
      models,
      cohorts,
      since,
      plans,
      sums,
      holdback,
    });
  }

  private async phase(
    { id, source, metrics: { window } }: Experiment,
    metrics: readonly Metric[],
    epochs: readonly WeightEpoch[],
    phase: number,
    now: Date,
  ): Promise<HoldbackPhase> {
    const binsBefore = source === 'imported' ? null : maturedBefore(now, window);
    const query = { experimentId: id, phase, metrics: metrics.map(({ key }) => key), binsBefore };
    const exposed = await this.store.exposedDays(query);
    const totals = await this.store.cohortDays(query);
    const periods = weightPeriods(epochs.filter((epoch) => epoch.phase === phase));
    return { phase, periods, cohorts: { totals, exposed } };
  }

  /**
   * The latest phase after the test in which the holdback has something to be compared with: a stage of the rollout, or
   * the time since the conclusion.
   */
  private async stage(
    experiment: Experiment,
    metrics: readonly Metric[],
    epochs: readonly WeightEpoch[],
    now: Date,
  ): Promise<HoldbackPhase[]> {
    if (!hasHoldback(experiment)) return [];
    for (let phase = experiment.phase; phase > testPhase; phase -= 1) {
      const loaded = await this.phase(experiment, metrics, epochs, phase, now);
      if (holdbackEffects(experiment, metrics, loaded).length > 0) return [loaded];
    }
    return [];
  }

  private async novelty(
    { id, source, control, variants, metrics: { window } }: Experiment,
    metrics: readonly Metric[],
    periods: HoldbackPhase['periods'],
    now: Date,
  ): Promise<{
    since: SinceExposure;
    plans: NoveltyPlan[];
    sums: Awaited<ReturnType<TimeTotalsStore['contrastSums']>>;
  }> {
    const followed = metrics.filter((metric) => noveltyRefusal(metric, window) === null);
    if (followed.length === 0) return { since: sinceExposure([], []), plans: [], sums: [] };
    const days = daysOfWindow(window);
    const keys = followed.map(({ key }) => key);
    // Imported data are complete.
    const query = {
      experimentId: id,
      phase: testPhase,
      metrics: keys,
      days,
      now: source === 'imported' ? null : now,
    };
    const observed = await this.store.observedUnits(query);
    const since = sinceExposure(await this.store.daysSince(query), observed);
    const treatments = variants.map(({ key }) => key).filter((key) => key !== control);
    const plans = followed.flatMap((metric) =>
      treatments.flatMap(
        (treatment) => planNovelty(metric, { control, treatment }, since, periods, days) ?? [],
      ),
    );
    return { since, plans, sums: await this.store.contrastSums(query, unitDayTerms(plans)) };
  }
}
