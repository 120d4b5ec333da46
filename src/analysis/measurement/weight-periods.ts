import { enclosingSegments, rootSegment } from '../../experiments/segment.js';
import type { EpochCause, WeightEpoch } from '../../experiments/weight-epoch.js';

/** A time in which the weights stayed the same, for the units of one leaf. */
export interface WeightPeriod {
  /** Numbers of its epochs: those that changed coverage alone fall together. */
  readonly epochs: readonly number[];
  readonly weights: Readonly<Record<string, number>>;
  /** Periods of the same name had units of the same kind: of one leaf, while the same leaves parted from it. @default all alike */
  readonly stratum?: string;
}

/** What periods are made of; without a segment = the whole experiment. */
type PeriodEpoch = Pick<WeightEpoch, 'number' | 'weights'> & Partial<Pick<WeightEpoch, 'segment' | 'cause'>>;

/**
 * The epochs of a test, those of leaves too, as periods of constant weights, oldest first.
 *
 * @example weightPeriods(epochs).length; // 1 while nobody has changed the weights
 */
export function weightPeriods(epochs: readonly PeriodEpoch[]): WeightPeriod[] {
  const strata = strataOf(epochs);
  const periods: { epochs: number[]; weights: WeightPeriod['weights']; stratum: string }[] = [];
  for (const [place, { number, weights }] of epochs.entries()) {
    const stratum = strata[place] ?? rootSegment;
    const last = periods.findLast((period) => period.stratum === stratum);
    if (last && sameWeights(last.weights, weights)) last.epochs.push(number);
    else periods.push({ epochs: [number], weights, stratum });
  }
  return periods;
}

/** Causes after which other units may come to the root than before, once there are leaves. */
const otherUnits: ReadonlySet<EpochCause> = new Set(['segments', 'weights', 'guardrail', 'abort']);

/** Each epoch's leaf, with how often the kind of its units has changed: a leaf parted from it, or was taken back into it. */
function strataOf(epochs: readonly PeriodEpoch[]): string[] {
  const changes = new Map<string, number>();
  const parted = new Set<string>();
  return epochs.map(({ segment = rootSegment, cause = 'start' }) => {
    const known = changes.get(segment);
    if (known === undefined && segment !== rootSegment)
      enclosingSegments(segment).forEach((around) => parted.add(around));
    const isCut = parted.delete(segment) || (changes.size > 1 && otherUnits.has(cause));
    const count = known === undefined ? 0 : known + (isCut ? 1 : 0);
    changes.set(segment, count);
    return `${segment}#${count}`;
  });
}

function sameWeights(one: WeightPeriod['weights'], other: WeightPeriod['weights']): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => (one[key] ?? 0) === (other[key] ?? 0));
}
