import { collectMoments, type UnitRow } from '../../../src/statistics/collect-moments.js';
import { compareEstimates, oneSidedPValue, type Comparison } from '../../../src/statistics/difference.js';
import type { VariantEstimate } from '../../../src/statistics/estimate.js';
import { jackknifeRatio, ratioOfSums } from '../../../src/statistics/ratio.js';
import { fiellerInterval, logInterval } from '../../../src/statistics/relative-difference.js';
import { welch } from '../../../src/statistics/welch.js';
import { unitsOf } from '../unit-rows.js';
import type { Answers } from './kind.js';

function comparisonFields(comparison: Comparison): object {
  if (comparison.status !== 'ok') {
    return { status: 'not_computable', p_two_sided: null, ci_low: null, ci_high: null };
  }
  return {
    diff: comparison.difference,
    se: comparison.standardError,
    df: comparison.degreesOfFreedom,
    t: comparison.difference / comparison.standardError,
    p_two_sided: comparison.pValue,
    p_greater: oneSidedPValue(comparison, 'greater'),
    p_less: oneSidedPValue(comparison, 'less'),
    ci_low: comparison.interval[0],
    ci_high: comparison.interval[1],
  };
}

interface Raw {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly confidence: number;
}

function welchRaw({ a, b, confidence }: Raw): object {
  return comparisonFields(welch(collectMoments(unitsOf(a)), collectMoments(unitsOf(b)), 1 - confidence));
}

interface Summary {
  readonly mean_a: number;
  readonly sd_a: number;
  readonly n_a: number;
  readonly mean_b: number;
  readonly sd_b: number;
  readonly n_b: number;
  readonly confidence: number;
}

function estimateOf(value: number, sd: number, units: number): VariantEstimate {
  return { status: 'ok', value, variance: sd ** 2 / units, units };
}

interface Ratios {
  readonly num_a: readonly number[];
  readonly den_a: readonly number[];
  readonly num_b: readonly number[];
  readonly den_b: readonly number[];
  readonly confidence: number;
}

function ratioFields(inputs: Ratios): object {
  const rowsOf = (sums: readonly number[], counts: readonly number[]): UnitRow[] =>
    sums.map((sum, unit) => ({ sum, events: counts[unit] ?? 0, sumSquares: sum ** 2 / (counts[unit] ?? 1) }));
  const [rowsA, rowsB] = [rowsOf(inputs.num_a, inputs.den_a), rowsOf(inputs.num_b, inputs.den_b)];
  const [a, b] = [ratioOfSums(collectMoments(rowsA)), ratioOfSums(collectMoments(rowsB))];
  const [leftOutA, leftOutB] = [jackknifeRatio(rowsA), jackknifeRatio(rowsB)];
  const alpha = 1 - inputs.confidence;
  const [onLogs, byFieller] = [logInterval(a, b, alpha), fiellerInterval(a, b, alpha)];
  if (a.status !== 'ok' || b.status !== 'ok' || leftOutA.status !== 'ok' || leftOutB.status !== 'ok')
    return {};
  if (onLogs.status !== 'ok' || byFieller.status !== 'ok') return {};
  return {
    ...comparisonFields(compareEstimates(a, b, alpha)),
    ratio_a: a.value,
    ratio_b: b.value,
    var_a: a.variance,
    var_b: b.variance,
    jackknife_var_a: leftOutA.variance,
    jackknife_var_b: leftOutB.variance,
    relative: byFieller.difference,
    relative_se_delta: Math.sqrt(b.variance + (b.value / a.value) ** 2 * a.variance) / a.value,
    log_ratio_ci: onLogs.interval,
    fieller_relative_ci: byFieller.interval,
  };
}

export const differenceKinds: Answers = {
  welch_raw: welchRaw,
  welch_degenerate: welchRaw,
  welch_summary: ({ mean_a, sd_a, n_a, mean_b, sd_b, n_b, confidence }: Summary) =>
    comparisonFields(
      compareEstimates(estimateOf(mean_a, sd_a, n_a), estimateOf(mean_b, sd_b, n_b), 1 - confidence),
    ),
  ratio_user_level: ratioFields,
};
