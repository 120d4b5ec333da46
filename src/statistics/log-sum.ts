/**
 * ln Σ exp(x_i), without leaving the range of doubles.
 *
 * @example logSum([1000, 1000]); // 1000 + ln 2
 */
export function logSum(logarithms: readonly number[]): number {
  const largest = Math.max(...logarithms);
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(logarithms.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
