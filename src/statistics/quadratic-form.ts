/** What is left of a diagonal entry below this share of the largest one counts as 0. */
const rankTolerance = 1e-10;

/**
 * x' A⁻ x and the rank of A, for a symmetric matrix A without negative eigenvalues that may be singular.
 *
 * Cholesky with pivoting: stops where nothing but rounding is left.
 * Source: Higham 2002, Accuracy and Stability of Numerical Algorithms, section 10.3.
 *
 * @example quadraticForm([[1, -1], [-1, 1]], [2, -2]); // { value: 4, rank: 1 }
 */
export function quadraticForm(
  matrix: readonly (readonly number[])[],
  vector: readonly number[],
): { readonly value: number; readonly rank: number } {
  const rest = matrix.map((row) => [...row]);
  const open = new Set(vector.keys());
  const residual = [...vector];
  const largest = Math.max(...vector.map((_, row) => at(rest, row, row)), 0);
  let value = 0;
  let rank = 0;
  while (open.size > 0) {
    const pivot = [...open].reduce((best, row) => (at(rest, row, row) > at(rest, best, best) ? row : best));
    const diagonal = at(rest, pivot, pivot);
    if (diagonal <= rankTolerance * largest) break;
    open.delete(pivot);
    rank += 1;
    const entry = residual[pivot] ?? 0;
    value += (entry * entry) / diagonal;
    for (const row of open) {
      const factor = at(rest, row, pivot) / diagonal;
      residual[row] = (residual[row] ?? 0) - factor * entry;
      for (const column of open)
        set(rest, row, column, at(rest, row, column) - factor * at(rest, pivot, column));
    }
  }
  return { value, rank };
}

function at(matrix: readonly (readonly number[])[], row: number, column: number): number {
  return matrix[row]?.[column] ?? 0;
}

function set(matrix: number[][], row: number, column: number, value: number): void {
  const line = matrix[row];
  if (line) line[column] = value;
}
