import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import { WeightEpochStore } from '../../experiments/weight-epoch.store.js';
import { AssayError } from '../../operations/assay-error.js';
import { steadyArrival, type Arrival } from './arrival.js';
import { givenBaseline, type Baseline } from './baseline.js';
import { PastDataService } from './past-data.service.js';
import { effectOf, planDesign, type PlanRequest } from './plan-design.js';
import { planRefusal } from './plan-refusal.js';
import { makePlan, type Plan } from './plan.js';

/** How to say what is known beforehand, wherever it is missing. */
const howToGive =
  'give {"mean", "standardDeviation"}, for a share {"mean"} alone, or {"from": "<key of an earlier experiment with this metric>"}';

/** Answers how large and how long an experiment has to be. Changes nothing. */
@Injectable()
export class PlansService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly epochs: WeightEpochStore,
    private readonly catalogue: CatalogueService,
    private readonly past: PastDataService,
  ) {}

  /** Throws INVALID_REQUEST, UNKNOWN_METRIC or EXPERIMENT_NOT_FOUND, saying what to give. */
  async plan(request: PlanRequest): Promise<Plan> {
    const experiment = await this.found(request.experiment);
    const earlier = await this.found(request.baseline?.from);
    const metric = this.metricOf(request.metric ?? (experiment ?? earlier)?.metrics.primary[0]);
    const design = planDesign(request, experiment, metric);
    const baseline = await this.baselineOf(request, experiment, earlier, metric);
    const effect = effectOf(request, experiment, metric, baseline.mean);
    const arrival = await this.arrivalOf(request, experiment, earlier);
    return makePlan({ metric, effect, effects: request.effects, baseline, arrival, design });
  }

  private async found(key: string | undefined): Promise<Experiment | null> {
    return key === undefined ? null : this.experiments.find(key);
  }

  private metricOf(key: string | undefined): Metric | null {
    if (key === undefined) return null;
    const entry = this.catalogue.get(key);
    if (entry) return entry.metric;
    throw new AssayError('UNKNOWN_METRIC', `There is no metric "${key}"; GET /v1/metrics lists them.`, [
      { pointer: '/metric', message: `"${key}" is not in the catalogue` },
    ]);
  }

  private async baselineOf(
    { baseline }: PlanRequest,
    experiment: Experiment | null,
    earlier: Experiment | null,
    metric: Metric | null,
  ): Promise<Baseline> {
    if (baseline?.mean !== undefined) return givenBaseline({ ...baseline, mean: baseline.mean }, metric);
    const source = earlier ?? experiment;
    if (!source || !metric) throw planRefusal('/baseline', `is missing; ${howToGive}`);
    const { baseline: measured } = await this.past.baseline(source, metric);
    if (!('status' in measured)) return measured;
    if (metric.kind === 'quantile') {
      const reason = `is unknown: what an experiment keeps of ${metric.key}, a quantile, is not read for plans; give {"mean", "standardDeviation"} of its values`;
      throw planRefusal('/baseline', reason);
    }
    const pointer = earlier ? '/baseline/from' : '/baseline';
    throw planRefusal(pointer, `is unknown: ${measured.reason.replace(/\.$/, '')}; ${howToGive}`);
  }

  /** As given or where it is to be measured; else the experiment's own, else that of where the baseline comes from. */
  private async arrivalOf(
    { unitsPerDay }: PlanRequest,
    experiment: Experiment | null,
    earlier: Experiment | null,
  ): Promise<Arrival | null> {
    if (typeof unitsPerDay === 'number') return steadyArrival(unitsPerDay);
    if (unitsPerDay) {
      const arrival = await this.arrivalIn(await this.experiments.find(unitsPerDay.from));
      if (arrival) return arrival;
      const reason = `is unknown: ${unitsPerDay.from} has met no unit yet; give a number of new units a day`;
      throw planRefusal('/unitsPerDay/from', reason);
    }
    return (experiment && (await this.arrivalIn(experiment))) ?? (earlier && (await this.arrivalIn(earlier)));
  }

  private async arrivalIn(experiment: Experiment): Promise<Arrival | null> {
    return this.past.arrival(experiment, await this.epochs.list(experiment.id));
  }
}
