import { sketchBinOf, valueOfBin, type SketchBin } from './sketch-bin.js';

/** How many events lie in a bin, by its stored number. */
export interface BinCount {
  readonly bin: number;
  readonly events: number;
}

/** A value that stands for the events of a bin, with the number of events up to its end. */
interface Step {
  readonly value: number;
  readonly reached: number;
}

/**
 * Quantiles of events from their bins, interpolated between neighbours; null without events. Each is within 1 % of the
 * exact one, or exact where all events near it are the same whole number below 50, such as ratings or yes and no.
 *
 * @example sketchQuantiles([{ bin: 10_001, events: 3 }, { bin: 10_141, events: 1 }], [0.5, 1]); // 1 and 4
 */
export function sketchQuantiles(counts: readonly BinCount[], levels: readonly number[]): (number | null)[] {
  const steps = stepsOf(counts);
  const events = steps.at(-1)?.reached ?? 0;
  const valueAt = (rank: number) => steps.find(({ reached }) => rank <= reached)?.value ?? 0;
  return levels.map((level) => {
    if (events === 0) return null;
    const position = 1 + (events - 1) * level;
    const below = valueAt(Math.floor(position));
    return below + (valueAt(Math.ceil(position)) - below) * (position - Math.floor(position));
  });
}

/** Whole numbers that share their bin with other values lie somewhere among them, and count as these do. */
function stepsOf(counts: readonly BinCount[]): Step[] {
  const steps: Step[] = [];
  let reached = 0;
  let last: SketchBin | null = null;
  for (const { bin: stored, events } of [...counts].sort((one, other) => one.bin - other.bin)) {
    const bin = sketchBinOf(stored);
    const isShared = last !== null && last.sign === bin.sign && last.number === bin.number;
    if (isShared) steps.pop();
    reached += events;
    steps.push({ value: valueOfBin(isShared ? { ...bin, isWhole: false } : bin), reached });
    last = bin;
  }
  return steps;
}
