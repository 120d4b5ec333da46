/**
 * Sum of numbers with the rounding errors carried along, so that the order does not matter to about one unit in the
 * last place.
 *
 * Source: Neumaier 1974, ZAMM 54:39.
 *
 * @example exactSum([1, 1e100, 1, -1e100]); // 2
 */
export function exactSum(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
