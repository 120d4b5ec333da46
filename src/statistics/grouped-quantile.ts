import { quantileInterval, type ClusteredQuantile } from './clustered-quantile.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import { rankOf } from './quantile.js';
import { mergeSketches, sketchCount, sketchGrowth, type QuantileSketch } from './quantile-sketch.js';

/** A bin of the whole with the number of events below it and in it; number −∞ holds the values of 0 or less. */
interface Step {
  readonly bin: number;
  readonly below: number;
  readonly count: number;
}

/**
 * A quantile of events from sketches of groups of units, such as 128 groups drawn at random: `clusteredQuantile` with
 * groups in place of units, which serves as well once there are dozens of them.
 *
 * Inside a bin the events are taken to lie evenly: rank r, at the share f = (r − ½ − below) / count of the bin from
 * γ^(i−1) to γ^i, has the value γ^i / (γ (1 − f) + f), which at f = ½ is the sketch's own. So a quantile moves with the
 * data, where one that jumps from bin to bin would make two alike variants on both sides of an edge seem 2 % apart. It is
 * never further from the exact quantile than the width of a bin, 2 %, and far nearer where events are dense.
 * Source: Deng, Knoblich, Lu 2018, KDD, section 4 (clusters); Masson, Rim, Lee 2019, PVLDB 12:2195 (bins).
 *
 * @throws AssayError when level or alpha lies outside (0, 1)
 * @example groupedQuantile([sketchOf([120, 340]), sketchOf([200]), sketchOf([900, 150])], 0.5, 0.05).value; // 200 ± 2
 */
export function groupedQuantile(
  groups: readonly QuantileSketch[],
  level: number,
  alpha: number,
): ClusteredQuantile | Insufficient {
  const present = groups.filter((group) => sketchCount(group) > 0);
  const steps = stepsOf(mergeSketches(present));
  const events = sketchCount(mergeSketches(present));
  const rank = rankOf(level, events);
  const step = stepAt(steps, rank);
  if (!step) return insufficient('No events.');
  const share = shareOf(step, rank);
  const covered = rank === events ? 1 : share;
  const quantile = quantileInterval({
    value: valueIn(step.bin, share),
    ranks: present.map((group) => ({
      events: sketchCount(group),
      atOrBelow: countBelow(group, step.bin) + covered * countIn(group, step.bin),
    })),
    level,
    alpha,
    quantileAt: (end) => {
      const place = stepAt(steps, end);
      return place ? valueIn(place.bin, shareOf(place, end)) : null;
    },
  });
  if (quantile.status !== 'ok') return quantile;
  return { ...quantile, interval: acrossGaps(quantile, steps, step) };
}

/**
 * Rounded values leave bins empty. An end in the quantile's own bin then says how many ties there are, not how far the
 * next value is, so it moves on to the bin beyond the gap; see `widenTies`.
 */
function acrossGaps({ interval, ranks }: ClusteredQuantile, steps: readonly Step[], step: Step): Interval {
  const place = steps.indexOf(step);
  const moved = (end: number, rank: number, side: -1 | 1) => {
    const beyond = steps[place + side];
    const isGap = beyond !== undefined && beyond.bin !== step.bin + side;
    return isGap && stepAt(steps, rank) === step ? valueIn(beyond.bin, 0.5) : end;
  };
  return [moved(interval[0], ranks[0], -1), moved(interval[1], ranks[1], 1)];
}

function stepsOf({ bins, zeros }: QuantileSketch): Step[] {
  let below = zeros;
  const steps: Step[] = zeros > 0 ? [{ bin: -Infinity, below: 0, count: zeros }] : [];
  for (const [bin, count] of [...bins].sort(([a], [b]) => a - b)) {
    steps.push({ bin, below, count });
    below += count;
  }
  return steps;
}

function stepAt(steps: readonly Step[], rank: number): Step | undefined {
  return steps.find(({ below, count }) => rank > below && rank <= below + count);
}

/** The values of 0 or less count as one value. */
function shareOf({ bin, below, count }: Step, rank: number): number {
  return bin === -Infinity ? 1 : (rank - 0.5 - below) / count;
}

function valueIn(bin: number, share: number): number {
  return bin === -Infinity ? 0 : sketchGrowth ** bin / (sketchGrowth * (1 - share) + share);
}

function countIn({ bins, zeros }: QuantileSketch, bin: number): number {
  return bin === -Infinity ? zeros : (bins.get(bin) ?? 0);
}

function countBelow(sketch: QuantileSketch, limit: number): number {
  let below = limit === -Infinity ? 0 : sketch.zeros;
  for (const [bin, count] of sketch.bins) if (bin < limit) below += count;
  return below;
}
