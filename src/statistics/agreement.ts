import { checkProbability } from './check-argument.js';
import { normalUpperTail, studentUpperQuantile } from './distributions.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';

/** One answer with what a judge and what people said of it. */
export interface JudgedPair {
  /** Whose answer it was; pairs of one unit may be alike. */
  readonly unit: string;
  readonly judge: number;
  readonly label: number;
}

/** A figure with its interval; null = the data bound it nowhere, as where all pairs are equal. */
export interface AgreementFigure {
  readonly value: number;
  readonly interval: Interval | null;
}

/** How far a judge says what people say. */
export interface Agreement {
  readonly status: 'ok';
  /** Weighted kappa with quadratic weights: 1 = the same everywhere, 0 = no more than chance. For labels on the judge's scale. */
  readonly kappa: AgreementFigure;
  /** Pearson's correlation, for any two scales. */
  readonly correlation: AgreementFigure;
  /** Mean of judge minus label. */
  readonly bias: AgreementFigure;
  readonly pairs: number;
  readonly units: number;
}

/** Sums over pairs; a unit's are taken out by subtraction. */
interface Sums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

const fewestUnits = 10;

/**
 * Agreement of a judge with people's labels.
 *
 * Kappa = 2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²), which is Cohen's weighted kappa with quadratic weights (Fleiss, Cohen 1973,
 * Educational and Psychological Measurement 33:613) and Lin's concordance coefficient (Lin 1989, Biometrics 45:255).
 * Intervals: jackknife over units with Student's t, of kappa and correlation on the scale of Fisher's z, atanh; so answers
 * of one unit may be alike.
 *
 * @param alpha the intervals hold the true figure with probability 1 − alpha
 * @throws AssayError INTERNAL for an alpha outside (0, 1)
 * @example agreement(pairs, 0.05); // { status: 'ok', kappa: { value: 0.71, interval: [0.6, 0.79] }, … }
 */
export function agreement(pairs: readonly JudgedPair[], alpha: number): Agreement | Insufficient {
  checkProbability('alpha', alpha);
  const clusters = sumsByUnit(pairs);
  if (clusters.length < fewestUnits) {
    return insufficient(`${clusters.length} units have a score and a label, and ${fewestUnits} are needed.`);
  }
  const total = sumOf(clusters);
  if (!Number.isFinite(kappaOf(total))) return insufficient('All scores and labels are the same value.');
  const figure = (statistic: (sums: Sums) => number, back: (value: number) => number) =>
    figureOf(jackknife(clusters, total, statistic), back, alpha);
  return {
    status: 'ok',
    kappa: figure((sums) => Math.atanh(kappaOf(sums)), Math.tanh),
    correlation: figure((sums) => Math.atanh(correlationOf(sums)), Math.tanh),
    bias: figure(biasOf, (value) => value),
    pairs: pairs.length,
    units: clusters.length,
  };
}

/**
 * How likely the two would differ as much by chance, were a judge's agreement with people the same: of kappa and of the mean
 * difference the less likely one, counted twice (Bonferroni). Null where either has too few units. The two must have no unit in common.
 *
 * z = (a − b) / √(se_a² + se_b²), with kappa on the scale of Fisher's z.
 *
 * @example agreementChange(firstMonth, secondMonth) // 0.4
 */
export function agreementChange(earlier: readonly JudgedPair[], later: readonly JudgedPair[]): number | null {
  const [a, b] = [earlier, later].map(sumsByUnit);
  if (!a || !b || a.length < fewestUnits || b.length < fewestUnits) return null;
  const [before, after] = [sumOf(a), sumOf(b)];
  const chances = [(sums: Sums) => Math.atanh(kappaOf(sums)), biasOf].flatMap((statistic) => {
    const [one, other] = [jackknife(a, before, statistic), jackknife(b, after, statistic)];
    const z = (one.value - other.value) / Math.hypot(one.standardError, other.standardError);
    return Number.isFinite(z) ? [2 * normalUpperTail(Math.abs(z))] : [];
  });
  return chances.length === 0 ? null : Math.min(1, 2 * Math.min(...chances));
}

const nothing: Sums = { n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

function sumsByUnit(pairs: readonly JudgedPair[]): Sums[] {
  // Around a common value, so that squares of large numbers lose no digits.
  const origin = pairs[0]?.label ?? 0;
  const units = new Map<string, Sums>();
  for (const { unit, judge, label } of pairs) {
    const [x, y] = [judge - origin, label - origin];
    units.set(unit, added(units.get(unit) ?? nothing, { n: 1, x, y, xx: x * x, yy: y * y, xy: x * y }));
  }
  return [...units.values()];
}

function sumOf(clusters: readonly Sums[]): Sums {
  return clusters.reduce((sum, cluster) => added(sum, cluster), nothing);
}

function added(one: Sums, other: Sums, sign = 1): Sums {
  return {
    n: one.n + sign * other.n,
    x: one.x + sign * other.x,
    y: one.y + sign * other.y,
    xx: one.xx + sign * other.xx,
    yy: one.yy + sign * other.yy,
    xy: one.xy + sign * other.xy,
  };
}

function moments({ n, x, y, xx, yy, xy }: Sums) {
  const [meanX, meanY] = [x / n, y / n];
  return {
    bias: meanX - meanY,
    varianceX: Math.max(0, xx / n - meanX ** 2),
    varianceY: Math.max(0, yy / n - meanY ** 2),
    covariance: xy / n - meanX * meanY,
  };
}

function kappaOf(sums: Sums): number {
  const { bias, varianceX, varianceY, covariance } = moments(sums);
  return bounded((2 * covariance) / (varianceX + varianceY + bias ** 2));
}

function correlationOf(sums: Sums): number {
  const { varianceX, varianceY, covariance } = moments(sums);
  return bounded(covariance / Math.sqrt(varianceX * varianceY));
}

function biasOf(sums: Sums): number {
  return moments(sums).bias;
}

/** Rounding must not carry a perfect agreement beyond 1. */
function bounded(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

interface Jackknifed {
  readonly value: number;
  readonly standardError: number;
  readonly units: number;
}

/** se² = (m − 1) / m Σ (θ₍ᵢ₎ − θ̄)², θ₍ᵢ₎ being the figure without unit i. */
function jackknife(clusters: readonly Sums[], total: Sums, statistic: (sums: Sums) => number): Jackknifed {
  const without = clusters.map((cluster) => statistic(added(total, cluster, -1)));
  const units = clusters.length;
  const mean = without.reduce((sum, value) => sum + value, 0) / units;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: statistic(total), standardError: Math.sqrt(((units - 1) / units) * squares), units };
}

function figureOf(
  { value, standardError, units }: Jackknifed,
  back: (value: number) => number,
  alpha: number,
): AgreementFigure {
  const half = standardError * studentUpperQuantile(alpha / 2, units - 1);
  const bounds = Number.isFinite(value) && Number.isFinite(half);
  return { value: back(value), interval: bounds ? [back(value - half), back(value + half)] : null };
}
