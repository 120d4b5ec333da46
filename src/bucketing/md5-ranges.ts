import type { Variant } from '../experiments/experiment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { cumulativeShares, md5Position, rangeOwner } from './md5-assignment.js';

/** What an earlier weight epoch still matters for; its slots need not be kept. */
export type PastEpoch = Pick<WeightEpoch, 'number' | 'phase' | 'weights'>;

/** The ranges of an `md5-v1` experiment, now and in every epoch before. */
export interface Md5Ranges {
  readonly experimentKey: string;
  readonly present: Float64Array;
  /** Distinct from the present one and from each other; of the same phase, for pins do not cross phases. */
  readonly past: readonly Float64Array[];
}

/** The ranges that an epoch and those before it give the variants, in the experiment's order of variants. */
export function compileMd5Ranges(
  experimentKey: string,
  variants: readonly Variant[],
  epoch: WeightEpoch,
  history: readonly PastEpoch[],
): Md5Ranges {
  const rangesOf = ({ weights }: PastEpoch): Float64Array =>
    cumulativeShares(variants.map((variant) => weights[variant.key] ?? 0));
  const present = rangesOf(epoch);
  const past = new Map<string, Float64Array>();
  for (const earlier of history) {
    if (earlier.phase !== epoch.phase || earlier.number >= epoch.number) continue;
    const ranges = rangesOf(earlier);
    past.set(ranges.join(), ranges);
  }
  past.delete(present.join());
  return { experimentKey, present, past: [...past.values()] };
}

/** The variant number whose present range the unit falls into. */
export function md5Owner(ranges: Md5Ranges, unit: string): number {
  return rangeOwner(md5Position(unit, ranges.experimentKey), ranges.present);
}

/** Whether an earlier epoch would have given the unit another variant, so that only its pin can tell. */
export function md5Moved(ranges: Md5Ranges, unit: string): boolean {
  if (ranges.past.length === 0) return false;
  const position = md5Position(unit, ranges.experimentKey);
  const owner = rangeOwner(position, ranges.present);
  return ranges.past.some((past) => rangeOwner(position, past) !== owner);
}
