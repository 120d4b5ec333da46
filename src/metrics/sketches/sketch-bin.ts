import { logSketchGrowth, sketchGrowth } from '../../statistics/quantile-sketch.js';

/** Whole numbers below this are told from other values of their bin: up to here no bin holds two of them. */
const exactBelow = 50;

/** Added to a bin's number of at least −1,382, that of 10⁻¹², so that a stored number's sign is that of its values. */
const binOffset = 5_000;

/** The values that one stored number of a bin stands for. */
export interface SketchBin {
  /** Of the values: −1, 0 or 1. */
  readonly sign: number;
  /** Number ⌈log_γ |x|⌉ of the bin; 0 for values of 0, which `sign` tells apart. */
  readonly number: number;
  /** Whether the values are all the one whole number in the bin. */
  readonly isWhole: boolean;
}

/**
 * What a stored number stands for: 0 for values of 0, else twice the bin's number above −5,000, plus 1 for whole numbers
 * below 50, with the sign of the values. So stored numbers lie in the order of their bins.
 *
 * @example sketchBinOf(10_140); // { sign: 1, number: 70, isWhole: false }: values from 3.97 to 4.06
 * @example sketchBinOf(10_141); // { sign: 1, number: 70, isWhole: true }: values of 4
 */
export function sketchBinOf(stored: number): SketchBin {
  if (stored === 0) return { sign: 0, number: 0, isWhole: true };
  const size = Math.abs(stored);
  return { sign: Math.sign(stored), number: Math.floor(size / 2) - binOffset, isWhole: size % 2 === 1 };
}

/**
 * The value at a share of a bin's events from the smallest, which are taken to lie evenly, as in `groupedQuantile`: the one
 * at one half is within 1 % of all others. Whole numbers that share the bin with nothing else are exact.
 *
 * @example valueInBin(sketchBinOf(10_141), 0.5); // 4
 */
export function valueInBin({ sign, number, isWhole }: SketchBin, share: number): number {
  if (sign === 0) return 0;
  const upper = sketchGrowth ** number;
  // γ⁰ = 1 alone is a whole number at a bin's end, and exact.
  if (isWhole) return sign * Math.floor(upper);
  const reached = sign > 0 ? share : 1 - share;
  return (sign * upper) / (sketchGrowth * (1 - reached) + reached);
}

/**
 * The stored number of the bin of a double in SQL. One stored value always gives the same double and so the same bin, when
 * it is counted and when it is taken away; and doubles have a fast logarithm.
 *
 * @example storedBin('x'); // x is a column of type float8
 */
export const storedBin = (value: string) =>
  `(CASE WHEN ${value} = 0 THEN 0 ELSE sign(${value})::int
     * (2 * (${binOffset} + ceil(ln(abs(${value})) / ${logSketchGrowth}::float8)::int)
        + (abs(${value}) < ${exactBelow} AND ${value} = trunc(${value}))::int) END)::smallint`;
