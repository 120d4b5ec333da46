import { checkProbability } from './check-argument.js';
import { rankOf } from './quantile.js';

/** Every value it returns is within this share of a value that was added. */
export const sketchAccuracy = 0.01;

/** The factor γ by which a bin's upper end lies above its lower one. */
export const sketchGrowth = (1 + sketchAccuracy) / (1 - sketchAccuracy);

/** ln γ: the bin of x is ⌈ln x / ln γ⌉. */
export const logSketchGrowth = Math.log(sketchGrowth);

/** Counts of positive values in bins that grow by a constant factor; merging is adding, so order never matters. */
export interface QuantileSketch {
  /** Count per bin number ⌈log_γ x⌉. */
  readonly bins: ReadonlyMap<number, number>;
  /** Count of values of 0 or less. */
  readonly zeros: number;
}

export const emptySketch: QuantileSketch = { bins: new Map(), zeros: 0 };

/**
 * A sketch of these values: quantiles within 1 % of the value from a few hundred numbers, however many events.
 *
 * Source: Masson, Rim, Lee 2019, PVLDB 12:2195 (DDSketch).
 *
 * @example sketchQuantile(sketchOf([100, 200, 300]), 0.5); // 200 ± 2
 */
export function sketchOf(values: Iterable<number>): QuantileSketch {
  const bins = new Map<number, number>();
  let zeros = 0;
  for (const value of values) {
    if (value > 0) add(bins, Math.ceil(Math.log(value) / logSketchGrowth), 1);
    else zeros += 1;
  }
  return { bins, zeros };
}

/**
 * The sketch of everything that went into several sketches.
 *
 * @example mergeSketches([monday, tuesday]);
 */
export function mergeSketches(sketches: Iterable<QuantileSketch>): QuantileSketch {
  const bins = new Map<number, number>();
  let zeros = 0;
  for (const sketch of sketches) {
    zeros += sketch.zeros;
    for (const [bin, count] of sketch.bins) add(bins, bin, count);
  }
  return { bins, zeros };
}

/**
 * How many values it holds.
 *
 * @example sketchCount(sketchOf([100, 200])); // 2
 */
export function sketchCount(sketch: QuantileSketch): number {
  let count = sketch.zeros;
  for (const inBin of sketch.bins.values()) count += inBin;
  return count;
}

/**
 * The value at a rank from 1, within 1 %; null outside.
 *
 * @example sketchValueAt(sketchOf([100, 200, 300]), 3); // 300 ± 3
 */
export function sketchValueAt(sketch: QuantileSketch, rank: number): number | null {
  if (rank < 1) return null;
  let reached = sketch.zeros;
  if (rank <= reached) return 0;
  for (const [bin, count] of [...sketch.bins].sort(([a], [b]) => a - b)) {
    reached += count;
    if (rank <= reached) return (2 * sketchGrowth ** bin) / (sketchGrowth + 1);
  }
  return null;
}

/**
 * The quantile at a level, within 1 %; null when empty.
 *
 * @throws AssayError when the level lies outside (0, 1)
 * @example sketchQuantile(sketch, 0.95);
 */
export function sketchQuantile(sketch: QuantileSketch, level: number): number | null {
  checkProbability('level', level);
  return sketchValueAt(sketch, rankOf(level, sketchCount(sketch)));
}

function add(bins: Map<number, number>, bin: number, count: number): void {
  bins.set(bin, (bins.get(bin) ?? 0) + count);
}
