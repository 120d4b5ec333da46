import { sketchBinOf, valueInBin, type SketchBin } from './sketch-bin.js';

/** How many events lie in a bin, by its stored number. */
export interface BinCount {
  readonly bin: number;
  readonly events: number;
}

/** A bin with the number of events below it and in it. */
interface Step {
  readonly bin: SketchBin;
  readonly below: number;
  readonly count: number;
}

/**
 * Quantiles of events from their bins, interpolated between neighbours; null without events. Each is within 2 % of the
 * exact one, far nearer where events are dense, and exact where all events near it are the same whole number below 50,
 * such as ratings or yes and no.
 *
 * @example sketchQuantiles([{ bin: 10_001, events: 3 }, { bin: 10_141, events: 1 }], [0.5]); // [1]
 */
export function sketchQuantiles(counts: readonly BinCount[], levels: readonly number[]): (number | null)[] {
  const steps = stepsOf(counts);
  const events = counts.reduce((sum, count) => sum + count.events, 0);
  return levels.map((level) => {
    if (events === 0) return null;
    const position = 1 + (events - 1) * level;
    const below = valueAt(steps, Math.floor(position));
    return below + (valueAt(steps, Math.ceil(position)) - below) * (position - Math.floor(position));
  });
}

function valueAt(steps: readonly Step[], rank: number): number {
  const step = steps.find(({ below, count }) => rank <= below + count);
  return step ? valueInBin(step.bin, (rank - 0.5 - step.below) / step.count) : 0;
}

/** Whole numbers that share their bin with other values lie somewhere among them, and count as these do. */
function stepsOf(counts: readonly BinCount[]): Step[] {
  const steps: Step[] = [];
  let below = 0;
  for (const { bin: stored, events } of [...counts].sort((one, other) => one.bin - other.bin)) {
    const bin = sketchBinOf(stored);
    const last = steps.at(-1);
    const isShared = last !== undefined && last.bin.sign === bin.sign && last.bin.number === bin.number;
    if (isShared) {
      steps.pop();
      steps.push({ bin: { ...bin, isWhole: false }, below: last.below, count: last.count + events });
    } else steps.push({ bin, below, count: events });
    below += events;
  }
  return steps;
}
