/** A fitted linear model, seen from one of its columns. */
export interface ColumnFit {
  readonly coefficient: number;
  /** Sandwich variance of the coefficient with each squared residual divided by (1 − leverage). */
  readonly hc2: number;
  /** The same divided by (1 − leverage)². */
  readonly hc3: number;
  /** Rows minus independent columns. */
  readonly degreesOfFreedom: number;
}

/** A column shorter than this share of itself, once the others are taken out, is a combination of them. */
const rankTolerance = 1e-9;

/**
 * The least-squares coefficient of the LAST column with its heteroskedasticity-consistent variances.
 *
 * By Gram–Schmidt (each column made orthogonal twice over to the ones before): the coefficient is q'y / |q|² for the part
 * q of the last column that no other explains, its variance Σ (q_i e_i)² / (1 − h_i) / |q|⁴. Other columns that depend on
 * earlier ones are left out; null when the last one does.
 * Source: Frisch, Waugh 1933, Econometrica 1:387; MacKinnon, White 1985, Journal of Econometrics 29:305.
 *
 * @example fitLastColumn([[1, 1, 1, 1], [0, 0, 1, 1]], [1, 2, 3, 6])?.coefficient; // 3
 */
export function fitLastColumn(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): ColumnFit | null {
  const basis: number[][] = [];
  let last: number[] | null = null;
  for (const column of columns) {
    const rest = orthogonal(orthogonal(column, basis), basis);
    const norm = Math.sqrt(dot(rest, rest));
    last = norm > rankTolerance * Math.sqrt(dot(column, column)) ? rest : null;
    if (last !== null) basis.push(rest.map((value) => value / norm));
  }
  if (last === null) return null;
  const square = dot(last, last);
  const residuals = orthogonal(orthogonal(y, basis), basis);
  let hc2 = 0;
  let hc3 = 0;
  residuals.forEach((residual, row) => {
    const leverage = basis.reduce((sum, unit) => sum + (unit[row] ?? 0) ** 2, 0);
    // A row that the model fits by itself has no residual, and says nothing about the noise.
    if (leverage > 1 - 1e-12) return;
    const share = ((last?.[row] ?? 0) * residual) ** 2 / (1 - leverage);
    hc2 += share;
    hc3 += share / (1 - leverage);
  });
  return {
    coefficient: dot(last, y) / square,
    hc2: hc2 / square ** 2,
    hc3: hc3 / square ** 2,
    degreesOfFreedom: y.length - basis.length,
  };
}

function orthogonal(column: readonly number[], basis: readonly (readonly number[])[]): number[] {
  const rest = [...column];
  for (const unit of basis) {
    const along = dot(rest, unit);
    unit.forEach((value, row) => (rest[row] = (rest[row] ?? 0) - along * value));
  }
  return rest;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, row) => sum + value * (b[row] ?? 0), 0);
}
