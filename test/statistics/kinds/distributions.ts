import {
  betaLowerTail,
  betaQuantile,
  chiSquareUpperQuantile,
  chiSquareUpperTail,
  normalQuantile,
  normalUpperTail,
  studentUpperQuantile,
  studentUpperTail,
} from '../../../src/statistics/distributions.js';
import type { Answers } from './kind.js';

interface Point {
  readonly x: number;
  readonly df: number;
  readonly alpha: number;
  readonly beta: number;
  readonly p: number;
  readonly z: number;
  readonly upper_tail: number;
}

export const distributionKinds: Answers = {
  t_sf: ({ x, df }: Point) => ({ upper_tail: studentUpperTail(x, df) }),
  t_isf: ({ upper_tail, df }: Point) => ({ x: studentUpperQuantile(upper_tail, df) }),
  chi2_sf: ({ x, df }: Point) => ({ upper_tail: chiSquareUpperTail(x, df) }),
  chi2_isf: ({ upper_tail, df }: Point) => ({ x: chiSquareUpperQuantile(upper_tail, df) }),
  norm_sf: ({ z }: Point) => ({ upper_tail: normalUpperTail(z) }),
  norm_ppf: ({ p }: Point) => ({ z: normalQuantile(p) }),
  beta_cdf: ({ x, alpha, beta }: Point) => ({ lower_tail: betaLowerTail(x, alpha, beta) }),
  beta_ppf: ({ p, alpha, beta }: Point) => ({ x: betaQuantile(p, alpha, beta) }),
};
