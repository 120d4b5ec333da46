/** Σ (x − mean x)(y − mean y) from exact sums: the numerator is exact, so dividing last loses nothing. */
const centred = (product: string, x: string, y: string, count: string) =>
  `(CASE WHEN ${count} > 0 THEN (${count} * ${product} - ${x} * ${y}) / ${count} ELSE 0 END)::float8`;

/**
 * Columns that make `Moments` out of exact sums over units: u units, n events, s values, q squared values,
 * ss, nn and sn products of the units' s and n, y and yy the units' own values and their squares.
 */
export const momentColumns = `
  u::float8 AS units, n::float8 AS events, s::float8 AS sum,
  ${centred('ss', 's', 's', 'u')} AS "sumSquares",
  ${centred('nn', 'n', 'n', 'u')} AS "eventSquares",
  ${centred('sn', 's', 'n', 'u')} AS "crossProducts",
  y::float8 AS "valueSum",
  ${centred('yy', 'y', 'y', 'u')} AS "valueSquares",
  ${centred('q', 's', 's', 'n')} AS "eventValueSquares"`;
