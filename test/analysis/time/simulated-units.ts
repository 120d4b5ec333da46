import type { CatalogueService } from '../../../src/catalogue/catalogue.service.js';
import type { Metric } from '../../../src/catalogue/metric.js';
import type { Experiment } from '../../../src/experiments/experiment.js';
import type { ExperimentsService } from '../../../src/experiments/experiments.service.js';
import type { WeightEpoch } from '../../../src/experiments/weight-epoch.js';
import type { WeightEpochStore } from '../../../src/experiments/weight-epoch.store.js';
import { TimeEffectsService } from '../../../src/analysis/time/time-effects.service.js';
import type { TimeReport } from '../../../src/analysis/time/time-effects.js';
import type { TimeTotalsStore } from '../../../src/metrics/time-totals.store.js';
import type { Draws } from '../../statistics/bars/draws.js';
import { firstEpoch } from '../../bucketing/experiment-fixtures.js';
import { FakeTimeTotals } from './fake-time-totals.js';

/** The first day of every simulated experiment: a Monday. */
export const firstDay = Date.parse('2026-01-05T00:00:00Z');
export const day = 86_400_000;

/** One unit and what it did: values by days since its first exposure. */
export interface SimulatedUnit {
  readonly variant: string;
  readonly epoch: number;
  readonly phase: number;
  readonly exposedAt: Date;
  readonly values: readonly { readonly day: number; readonly value: number }[];
}

/** How a simulated world works; what is left out is 0. */
export interface World {
  /** In each variant. */
  readonly units: number;
  /** Days of a unit's window. */
  readonly days: number;
  /** Days over which units come. */
  readonly arrival: number;
  /** The effect of the treatment, by days since exposure and by the day of the first exposure. */
  readonly effect: (since: number, cohort: number) => number;
  /** How strongly a unit's days resemble the day before (autoregressive); units have levels of their own besides. */
  readonly persistence?: number;
  readonly draws: Draws;
}

/** Units that come evenly over the days, and are active on two days of three. */
export function simulate({ units, days, arrival, effect, persistence = 0, draws }: World): SimulatedUnit[] {
  return ['control', 'treatment'].flatMap((variant) =>
    Array.from({ length: units }, (_, number): SimulatedUnit => {
      const cohort = Math.floor((number * arrival) / units);
      const level = 3 + 0.5 * draws.normal();
      let mood = draws.normal();
      const values = Array.from({ length: days }, (__, since) => {
        mood = persistence * mood + Math.sqrt(1 - persistence ** 2) * draws.normal();
        const own = variant === 'treatment' ? effect(since, cohort) : 0;
        return { day: since, value: level + mood + own };
      }).filter(() => draws.coin(2 / 3) === 1);
      return {
        variant,
        epoch: 1,
        phase: 0,
        exposedAt: new Date(firstDay + cohort * day + 3_600_000),
        values,
      };
    }),
  );
}

/** The time effects of units, as the service reports them long after the last window has passed. */
export async function timeReportOf(
  experiment: Experiment,
  metric: Metric,
  units: readonly SimulatedUnit[],
  options: { readonly now?: Date; readonly epochs?: readonly WeightEpoch[] } = {},
): Promise<TimeReport> {
  const { now = new Date(firstDay + 365 * day), epochs = [firstEpoch(experiment)] } = options;
  const service = new TimeEffectsService(
    { find: () => Promise.resolve(experiment) } as unknown as ExperimentsService,
    { listAll: () => Promise.resolve(epochs) } as unknown as WeightEpochStore,
    {
      get: (key: string) => (key === metric.key ? { id: 1, metric } : undefined),
    } as unknown as CatalogueService,
    new FakeTimeTotals(units, metric) as unknown as TimeTotalsStore,
    { now: () => now },
  );
  return service.timeEffects(experiment.key);
}
