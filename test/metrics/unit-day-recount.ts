import type { DataSource } from 'typeorm';
import type {
  ContrastSum,
  DaysSinceQuery,
  ObservedUnits,
  UnitDayTerm,
} from '../../src/metrics/time-totals.js';
import { cohortDay } from '../../src/bucketing/cohort.js';
import { entries } from './measurement.fixture.js';

/** One unit's values of one metric on one day since its first exposure. */
export interface UnitDay {
  readonly unit: string;
  readonly variant: string;
  readonly epoch: number;
  /** UTC day of its first exposure. */
  readonly cohort: string;
  /** Whole days for which the unit has been observed. */
  readonly observed: number;
  readonly metric: string;
  readonly day: number;
  readonly sum: number;
  readonly events: number;
  readonly sumSquares: number;
  readonly value: number;
}

interface OutcomeRow {
  readonly unit: string;
  readonly at: Date;
  readonly interaction: string;
  readonly counts: boolean;
  readonly metrics: readonly number[];
  readonly values: readonly string[];
}

interface ExposureRow {
  readonly unit: string;
  readonly variant: string;
  readonly epoch: number;
  readonly at: Date;
}

const day = 86_400_000;

/** Every unit's days from the raw rows, outcome by outcome, by the rules of `statistics.md` and not by any SQL. */
export async function unitDayRecount(dataSource: DataSource, query: DaysSinceQuery): Promise<UnitDay[]> {
  const key = [query.experimentId, query.phase];
  const outcomes: OutcomeRow[] = await dataSource.query(
    `SELECT unit::text, at, interaction, in_window AS counts, metrics, "values"::text[] AS values FROM outcome
     WHERE experiment_id = $1 AND phase = $2 ORDER BY unit, id`,
    key,
  );
  const errors: { unit: string; interaction: string }[] = await dataSource.query(
    `SELECT unit::text, interaction FROM errored_interaction WHERE experiment_id = $1`,
    [query.experimentId],
  );
  const errored = new Set(errors.map(({ unit, interaction }) => `${unit}|${interaction}`));
  const exposures = new Map((await exposuresOf(dataSource, key)).map((row) => [row.unit, row]));
  const sums = new Map<string, Omit<UnitDay, 'value'>>();
  for (const outcome of outcomes) {
    const exposure = exposures.get(outcome.unit);
    if (!outcome.counts || !exposure) continue;
    const since = Math.max(0, Math.floor((outcome.at.getTime() - exposure.at.getTime()) / day));
    const observed = observedDays(exposure.at, query);
    if (since >= observed) continue;
    outcome.metrics.forEach((number, index) => {
      const metric = entries.find(({ id }) => id === number)?.metric;
      if (!metric || !query.metrics.includes(metric.key)) return;
      if (metric.category === 'quality' && errored.has(`${outcome.unit}|${outcome.interaction}`)) return;
      const value = Math.min(Number(outcome.values[index]), metric.cap ?? Infinity);
      const id = `${outcome.unit}|${metric.key}|${since}`;
      const { unit, variant, epoch } = exposure;
      const cohort = cohortDay(exposure.at);
      const none = { sum: 0, events: 0, sumSquares: 0 };
      const before = sums.get(id) ?? {
        ...{ unit, variant, epoch, cohort, observed },
        ...{ metric: metric.key, day: since, ...none },
      };
      sums.set(id, {
        ...before,
        sum: before.sum + value,
        events: before.events + 1,
        sumSquares: before.sumSquares + value * value,
      });
    });
  }
  return [...sums.values()].map((row) => ({ ...row, value: ownValue(row) }));
}

/** How long each unit has been observed, from the raw exposures. */
export async function observedRecount(
  dataSource: DataSource,
  query: DaysSinceQuery,
): Promise<ObservedUnits[]> {
  const counts = new Map<string, ObservedUnits>();
  for (const { variant, epoch, at } of await exposuresOf(dataSource, [query.experimentId, query.phase])) {
    const days = observedDays(at, query);
    const key = `${variant}|${epoch}|${days}`;
    counts.set(key, { variant, epoch, days, units: (counts.get(key)?.units ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** Σ z and Σ z² over units, from their days. */
export function contrastRecount(rows: readonly UnitDay[], terms: readonly UnitDayTerm[]): ContrastSum[] {
  const parts = new Map<string, { key: Omit<ContrastSum, 'units' | 'sum' | 'squares'>; z: number }>();
  for (const row of rows) {
    for (const term of terms) {
      const same = (['metric', 'variant', 'epoch', 'day'] as const).every((name) => term[name] === row[name]);
      if (!same) continue;
      const key = { contrast: term.contrast, variant: row.variant, epoch: row.epoch, days: row.observed };
      const id = `${row.unit}|${term.contrast}`;
      // Both metrics of these contrasts count a unit's own value once a day.
      const z = term.scale * (row.value - term.offset) + term.added;
      parts.set(id, { key, z: (parts.get(id)?.z ?? 0) + z });
    }
  }
  const sums = new Map<string, ContrastSum>();
  for (const { key, z } of parts.values()) {
    const id = JSON.stringify(key);
    const before = sums.get(id) ?? { ...key, units: 0, sum: 0, squares: 0 };
    sums.set(id, { ...key, units: before.units + 1, sum: before.sum + z, squares: before.squares + z * z });
  }
  return [...sums.values()];
}

function exposuresOf(dataSource: DataSource, key: readonly number[]): Promise<ExposureRow[]> {
  return dataSource.query(
    `SELECT unit::text, variant, epoch, exposed_at AS at FROM exposure WHERE experiment_id = $1 AND phase = $2`,
    [...key],
  );
}

function observedDays(exposedAt: Date, { now, days }: DaysSinceQuery): number {
  if (now === null) return days;
  return Math.max(0, Math.min(days, Math.floor((now.getTime() - exposedAt.getTime()) / day)));
}

/** What the unit counts as where units count alike. */
export function ownValue({ metric, sum, events }: Pick<UnitDay, 'metric' | 'sum' | 'events'>): number {
  const kind = entries.find((entry) => entry.metric.key === metric)?.metric.kind;
  return kind === 'proportion' ? Number(sum > 0) : sum / events;
}
