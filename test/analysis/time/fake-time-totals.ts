import { cohortDay } from '../../../src/bucketing/cohort.js';
import type { Metric } from '../../../src/catalogue/metric.js';
import type {
  CohortDaysQuery,
  ContrastSum,
  DayExposed,
  DaysSinceQuery,
  DayTotal,
  ObservedUnits,
  UnitDayTerm,
} from '../../../src/metrics/time-totals.js';
import { collectMoments, type UnitRow } from '../../../src/statistics/collect-moments.js';
import type { SimulatedUnit } from './simulated-units.js';

const day = 86_400_000;

/** The store of totals along time over units in memory; `time-totals.store.spec.ts` holds the real one to the same rules. */
export class FakeTimeTotals {
  constructor(
    private readonly units: readonly SimulatedUnit[],
    private readonly metric: Metric,
  ) {}

  cohortDays({ phase, binsBefore }: CohortDaysQuery): Promise<DayTotal<string>[]> {
    return this.totals(
      this.within(phase, binsBefore).map((unit) => ({
        unit,
        day: cohortDay(unit.exposedAt),
        values: unit.values.map(({ value }) => value),
      })),
    );
  }

  exposedDays({ phase, binsBefore }: CohortDaysQuery): Promise<DayExposed<string>[]> {
    const rows = this.within(phase, binsBefore).map(({ variant, epoch, exposedAt }) => ({
      variant,
      epoch,
      day: cohortDay(exposedAt),
    }));
    return Promise.resolve(
      [...group(rows, (row) => row)].map(([row, { length }]) => ({ ...row, units: length })),
    );
  }

  daysSince(query: DaysSinceQuery): Promise<DayTotal<number>[]> {
    return this.totals(
      this.within(query.phase, null).flatMap((unit) =>
        byDay(unit, observedOf(unit, query)).map(([since, values]) => ({ unit, day: since, values })),
      ),
    );
  }

  observedUnits(query: DaysSinceQuery): Promise<ObservedUnits[]> {
    const rows = this.within(query.phase, null).map((unit) => ({
      variant: unit.variant,
      epoch: unit.epoch,
      days: observedOf(unit, query),
    }));
    return Promise.resolve(
      [...group(rows, (row) => row)].map(([row, { length }]) => ({ ...row, units: length })),
    );
  }

  contrastSums(query: DaysSinceQuery, terms: readonly UnitDayTerm[]): Promise<ContrastSum[]> {
    const byCell = new Map([
      ...group(terms, ({ variant, epoch, day: since }) => `${variant}|${epoch}|${since}`),
    ]);
    const parts: (Omit<ContrastSum, 'units' | 'sum' | 'squares'> & { z: number })[] = [];
    for (const unit of this.within(query.phase, null)) {
      const observed = observedOf(unit, query);
      const sums = new Map<number, number>();
      for (const [since, values] of byDay(unit, observed)) {
        const row = rowOf(this.metric, values);
        const perUnit = this.metric.kind !== 'mean';
        const [a, b] = perUnit ? [row.value ?? row.sum / row.events, 1] : [row.sum, row.events];
        for (const term of byCell.get(`${unit.variant}|${unit.epoch}|${since}`) ?? []) {
          const z = term.scale * (a - term.offset * b) + term.added;
          sums.set(term.contrast, (sums.get(term.contrast) ?? 0) + z);
        }
      }
      for (const [contrast, z] of sums)
        parts.push({ contrast, variant: unit.variant, epoch: unit.epoch, days: observed, z });
    }
    const groups = group(parts, ({ z: _, ...key }) => key);
    return Promise.resolve(
      [...groups].map(([key, found]) => ({
        ...key,
        units: found.length,
        sum: found.reduce((sum, { z }) => sum + z, 0),
        squares: found.reduce((sum, { z }) => sum + z * z, 0),
      })),
    );
  }

  private within(phase: number, binsBefore: Date | null): SimulatedUnit[] {
    return this.units.filter((unit) => {
      const bin = Math.floor(unit.exposedAt.getTime() / day) * day;
      return unit.phase === phase && (binsBefore === null || bin < binsBefore.getTime());
    });
  }

  private totals<Day>(
    rows: readonly { unit: SimulatedUnit; day: Day; values: readonly number[] }[],
  ): Promise<DayTotal<Day>[]> {
    const counted = rows.filter(({ values }) => values.length > 0);
    const cells = group(counted, ({ unit, day: on }) => ({
      variant: unit.variant,
      epoch: unit.epoch,
      day: on,
    }));
    return Promise.resolve(
      [...cells].map(([cell, found]) => ({
        ...cell,
        metric: this.metric.key,
        moments: collectMoments(found.map(({ values }) => rowOf(this.metric, values))),
      })),
    );
  }
}

function observedOf({ exposedAt }: SimulatedUnit, { now, days }: DaysSinceQuery): number {
  if (now === null) return days;
  return Math.max(0, Math.min(days, Math.floor((now.getTime() - exposedAt.getTime()) / day)));
}

function byDay({ values }: SimulatedUnit, observed: number): [number, number[]][] {
  const days = new Map<number, number[]>();
  for (const { day: since, value } of values)
    if (since < observed) days.set(since, [...(days.get(since) ?? []), value]);
  return [...days];
}

function rowOf({ kind }: Metric, values: readonly number[]): UnitRow {
  const sum = values.reduce((total, value) => total + value, 0);
  const row = {
    sum,
    events: values.length,
    sumSquares: values.reduce((total, value) => total + value * value, 0),
  };
  return kind === 'proportion' ? { ...row, value: Number(sum > 0) } : row;
}

/** Rows that share a key, under that key. */
function group<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const keys = new Map<string, Key>();
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const name = typeof key === 'string' ? key : JSON.stringify(key);
    const first = keys.get(name) ?? key;
    keys.set(name, first);
    const found = groups.get(first);
    if (found) found.push(row);
    else groups.set(first, [row]);
  }
  return groups;
}
