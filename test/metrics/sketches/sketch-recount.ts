import type { DataSource } from 'typeorm';
import type { CatalogueEntry } from '../../../src/catalogue/catalogue.js';
import { sketchOf } from '../../../src/statistics/quantile-sketch.js';
import { countingValues, type CountedValue } from '../value-recount.js';

/** The key of the sketch that each value belongs in, from the raw rows alone. */
export async function recountedSketches(
  dataSource: Pick<DataSource, 'query'>,
  from: number,
  to: number,
  catalogue: readonly CatalogueEntry[],
): Promise<string[]> {
  const entries = new Map(catalogue.map((entry) => [entry.metric.key, entry]));
  const values = await countingValues(dataSource, from, to, catalogue);
  return values.map((value) => keyOf(value, entries.get(value.metric)));
}

function keyOf(
  { experiment, phase, variant, cohortBin, unit, value }: CountedValue,
  entry: CatalogueEntry | undefined,
): string {
  const isQuantile = entry?.metric.kind === 'quantile';
  // PostgreSQL writes six decimals of a second.
  const cohort = isQuantile ? (cohortBin.getTime() / 1_000).toFixed(6) : '-Infinity';
  const part = isQuantile ? Number.parseInt(unit.slice(0, 2), 16) % 128 : 0;
  return [experiment, phase, entry?.id, variant, cohort, part, storedNumber(value)].join('|');
}

/** As `sketchBinOf` says: 2 (5,000 + bin), plus 1 for a whole number below 50, with the sign of the value. */
export function storedNumber(value: number): number {
  if (value === 0) return 0;
  const [bin = Number.NaN] = sketchOf([Math.abs(value)]).bins.keys();
  const isWhole = Number.isInteger(value) && Math.abs(value) < 50;
  return Math.sign(value) * (2 * (5_000 + bin) + (isWhole ? 1 : 0));
}
