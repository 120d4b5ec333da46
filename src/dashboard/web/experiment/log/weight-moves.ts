import { shareOf } from '../../format/number.js';

/** A variant's weight before and after a change. */
export interface WeightMove {
  readonly variant: string;
  readonly before: number | null;
  readonly after: number;
}

/** Every variant's weight before and after, in the order of `after`; those that have gone are at 0. */
export function weightMoves(
  before: Readonly<Record<string, number>> | null,
  after: Readonly<Record<string, number>>,
): WeightMove[] {
  const gone = Object.keys(before ?? {}).filter((variant) => !(variant in after));
  return [...Object.keys(after), ...gone].map((variant) => ({
    variant,
    before: before ? (before[variant] ?? 0) : null,
    after: after[variant] ?? 0,
  }));
}

/**
 * @example moveWords({ variant: 'control', before: 0.5, after: 0.2 }) // 'control 50% → 20%'
 */
export function moveWords({ variant, before, after }: WeightMove): string {
  if (before === null) return `${variant} ${shareOf(after)}`;
  if (shareOf(before) === shareOf(after)) return `${variant} stays at ${shareOf(after)}`;
  return `${variant} ${shareOf(before)} → ${shareOf(after)}`;
}
