import type { ExposedTotal } from '../../metrics/totals.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import {
  sampleRatioChiSquare,
  sampleRatioSequential,
  type EpochCounts,
} from '../../statistics/sample-ratio.js';
import { finite } from '../finite.js';

/** Whether the variants received the units that their weights promised (sample ratio mismatch, SRM). */
export interface SampleRatio {
  /** Of a single look at the end; null without two variants to compare. */
  readonly pValue: number | null;
  /** How many times likelier the counts are under a broken split; valid at every look. */
  readonly eValue: number | null;
  /** The largest of now and of the end of any hour (or longer cohort bin), which decides: later units hide nothing. */
  readonly greatestEValue: number | null;
  readonly mismatch: boolean;
}

/** Levels at which a split counts as broken. */
const mismatchPValue = 0.001;
export const mismatchEValue = 1_000;

/**
 * Units per weight epoch and variant beside the epoch's own weights, in the order in which they came: by cohort bin where
 * it is known, and by epoch. Exposures of an epoch that is not on record count under the experiment's own weights.
 *
 * @example epochCounts(experiment, epochs, exposed); // [{ epoch: 1, weights: [0.5, 0.5], units: [5023, 5011] }]
 */
export function epochCounts(
  { variants }: Pick<Experiment, 'variants'>,
  epochs: readonly WeightEpoch[],
  exposed: readonly ExposedTotal[],
): EpochCounts[] {
  const own = new Map(epochs.map(({ number, weights }) => [number, weights]));
  const order = [...exposed].sort(
    (one, other) => (one.bin ?? 0) - (other.bin ?? 0) || one.epoch - other.epoch,
  );
  const counts: { epoch: number; bin: number | undefined; weights: number[]; units: number[] }[] = [];
  for (const { variant, epoch, bin, units } of order) {
    const place = variants.findIndex(({ key }) => key === variant);
    let last = counts.at(-1);
    if (last?.epoch !== epoch || last.bin !== bin) {
      const weights = variants.map(
        ({ key, weight }) => own.get(epoch)?.[key] ?? (own.has(epoch) ? 0 : weight),
      );
      last = { epoch, bin, weights, units: variants.map(() => 0) };
      counts.push(last);
    }
    if (place >= 0) last.units[place] = (last.units[place] ?? 0) + units;
  }
  return counts.map(({ epoch, weights, units }) => ({ epoch, weights, units }));
}

/**
 * The share of all units that each variant should have received, over all epochs; the present weights before any unit.
 *
 * @example expectedShares([{ weights: [1, 3], units: [10, 30] }]); // [0.25, 0.75]
 */
export function expectedShares(counts: readonly EpochCounts[], weights: readonly number[]): number[] {
  const total = sum(counts.map(({ units }) => sum(units)));
  if (total === 0) return weights.map((weight) => weight / sum(weights));
  return weights.map((_, place) =>
    sum(
      counts.map((epoch) => (sum(epoch.units) / total) * ((epoch.weights[place] ?? 0) / sum(epoch.weights))),
    ),
  );
}

/**
 * The sample ratio check: sequential while units keep coming, one look at p < 0.001 for imported data.
 *
 * @example sampleRatioHealth(counts, 'live'); // { pValue: 0.41, eValue: 0.2, greatestEValue: 1.3, mismatch: false }
 */
export function sampleRatioHealth(counts: readonly EpochCounts[], source: Experiment['source']): SampleRatio {
  const once = sampleRatioChiSquare(counts);
  const always = sampleRatioSequential(counts);
  if (once.status === 'impossible') {
    return { pValue: 0, eValue: Number.MAX_VALUE, greatestEValue: Number.MAX_VALUE, mismatch: true };
  }
  const pValue = once.status === 'ok' ? finite(once.pValue) : null;
  const eValue = always.status === 'ok' ? eValueOf(always.logEValue) : null;
  const greatestEValue = always.status === 'ok' ? eValueOf(always.greatestLogEValue) : null;
  const mismatch =
    source === 'imported'
      ? pValue !== null && pValue < mismatchPValue
      : greatestEValue !== null && greatestEValue >= mismatchEValue;
  return { pValue, eValue, greatestEValue, mismatch };
}

function eValueOf(logEValue: number): number {
  return Math.min(Number.MAX_VALUE, Math.exp(logEValue));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
