import { Injectable } from '@nestjs/common';
import { maturedBefore } from '../../bucketing/cohort.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import { TotalsStore } from '../../metrics/totals.store.js';
import { Clock } from '../../operations/clock.js';
import { insufficient, type Insufficient } from '../../statistics/estimate.js';
import { variantData } from '../measurement/variant-data.js';
import { observedArrival, type Arrival } from './arrival.js';
import { ArrivalStore } from './arrival.store.js';
import { measuredBaseline, type Baseline } from './baseline.js';

/** The phase in which variants are compared; the stages of a rollout come after it. */
const testPhase = 0;

/** A baseline with the number of units it rests on. */
export interface PastBaseline {
  readonly baseline: Baseline | Insufficient;
  readonly units: number;
}

/** What an experiment has already shown, as far as planning another one needs it. */
@Injectable()
export class PastDataService {
  constructor(
    private readonly totals: TotalsStore,
    private readonly arrivals: ArrivalStore,
    private readonly clock: Clock,
  ) {}

  /** What the experiment's control did on the metric, counting units whose window is over. */
  async baseline(experiment: Experiment, metric: Metric): Promise<PastBaseline> {
    const { id: experimentId, control, source, metrics } = experiment;
    const binsBefore = source === 'imported' ? null : maturedBefore(this.clock.now(), metrics.window);
    const query = { experimentId, phase: testPhase, binsBefore };
    const moments = await this.totals.moments(query);
    // Who said nothing counts only where the metric says so.
    const exposed = metric.missing === 'zero' ? await this.totals.exposed(query) : [];
    const [data] = variantData([control], metric.key, { exposed, moments });
    if (!data || data.moments.units === 0) {
      const reason = `The control of ${experiment.key} has no units with ${metric.key} whose window is over.`;
      return { baseline: insufficient(reason), units: 0 };
    }
    return { baseline: measuredBaseline(data, metric, experiment.key), units: data.moments.units };
  }

  /** How its units arrived; null when it has seen none. */
  async arrival(
    { id, key, source, coverage }: Experiment,
    epochs: readonly WeightEpoch[],
  ): Promise<Arrival | null> {
    const reached = epochs.filter(({ phase }) => phase === testPhase).map((epoch) => epoch.coverage);
    const most = reached.length > 0 ? Math.max(...reached) : coverage;
    const exposed =
      source === 'imported' ? await this.arrivals.importedByDay(id) : await this.arrivals.byDay(id);
    return observedArrival(exposed, most / 100, key);
  }
}
