import { slotCount } from '../experiments/weight-epoch.js';
import { AssayError } from '../operations/assay-error.js';

/** An owner is one byte of the slot table. */
export const maximumVariants = 255;

/**
 * How many of the 10,000 slots each weight is due: whole numbers that sum to 10,000, each within one of its quota.
 *
 * Largest remainder (Hamilton's method): everyone gets the whole part of the quota, what is left goes to the largest
 * fractions. Among equal fractions those come first who own more than their whole part already
 * (`owned`), then the earlier variant.
 *
 * @param weights non-negative, with a positive sum, on any scale
 * @throws AssayError INVALID_REQUEST for weights that are none
 * @example apportionSlots([1, 1, 1]) // [3334, 3333, 3333]
 */
export function apportionSlots(weights: readonly number[], owned: readonly number[] = []): number[] {
  refuseImpossibleWeights(weights);
  const quotas = quotasOf(weights);
  const counts = quotas.map(Math.floor);
  const left = slotCount - counts.reduce((sum, count) => sum + count, 0);
  const fraction = (variant: number): number =>
    Math.round(((quotas[variant] ?? 0) - (counts[variant] ?? 0)) / roundingError);
  const ownsMore = (variant: number): number => ((owned[variant] ?? 0) > (counts[variant] ?? 0) ? 1 : 0);
  const queue = [...quotas.keys()].sort(
    (a, b) => fraction(b) - fraction(a) || ownsMore(b) - ownsMore(a) || a - b,
  );
  for (const variant of queue.slice(0, left)) counts[variant] = (counts[variant] ?? 0) + 1;
  return counts;
}

/** Dividing by the largest weight first keeps the sum finite whatever the scale. */
function quotasOf(weights: readonly number[]): number[] {
  const largest = Math.max(...weights);
  const scaled = weights.map((weight) => weight / largest);
  const total = scaled.reduce((sum, weight) => sum + weight, 0);
  return scaled.map((weight) => snap((weight / total) * slotCount));
}

/** A quota that is a whole number but for rounding is that whole number. */
function snap(quota: number): number {
  const whole = Math.round(quota);
  return Math.abs(quota - whole) < roundingError ? whole : quota;
}

/** Far above the error of the few operations behind a quota (about 1e-11), far below any fraction that matters. */
const roundingError = 1e-8;

function refuseImpossibleWeights(weights: readonly number[]): void {
  if (weights.length === 0 || weights.length > maximumVariants) {
    throw new AssayError(
      'INVALID_REQUEST',
      `Slots are shared by 1 to ${maximumVariants} variants, received ${weights.length} weights.`,
    );
  }
  const wrong = weights.findIndex((weight) => !Number.isFinite(weight) || weight < 0);
  if (wrong !== -1) {
    throw new AssayError(
      'INVALID_REQUEST',
      `Weight ${wrong} is ${weights[wrong]}; give a number of 0 or more, on any scale.`,
    );
  }
  if (!weights.some((weight) => weight > 0)) {
    throw new AssayError(
      'INVALID_REQUEST',
      'All weights are 0; give at least one variant a positive weight.',
    );
  }
}
