import type { DecisionPlan } from '../../experiments/experiment.js';
import { compareEstimates, type Difference } from '../../statistics/difference.js';
import type { VariantEstimate } from '../../statistics/estimate.js';
import { relativeDifference } from '../../statistics/relative-difference.js';
import { finite, finiteInterval } from '../finite.js';
import type { KeyedEstimate } from '../measurement/variant-estimate.js';
import { sequentialLook } from './sequential-look.js';
import { minimumUnits } from './sample-size.js';

/** How a variant differs from the control on one metric, over matured units. */
export interface MetricComparison {
  readonly variant: string;
  readonly against: string;
  /** Variant minus control. */
  readonly difference: number | null;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number | null;
  /** Confidence interval at 1 − alpha for a single look. */
  readonly interval: [number, number] | null;
  readonly pValue: number | null;
  /** Corrected for the number of comparisons in the metric's role; guardrails stand on their own. */
  readonly adjustedPValue: number | null;
  /** As a share of the control. */
  readonly relative: { readonly difference: number; readonly interval: [number, number] | null } | null;
  /** Valid however often one looks; `adjustedPValue` is corrected like the one above. */
  readonly sequential: SequentialComparison | null;
  /** Chance that this variant is the best of all. */
  readonly probabilityBest: number | null;
  /** What choosing this variant loses on average against the best, in the metric's unit. */
  readonly expectedLoss: number | null;
  /** Whether chance is ruled out at alpha: under repeated looks while live, at one look for imported data. */
  readonly significant: boolean;
  /** Whether the difference reaches the plan's minimum effect; true for any difference where none applies. */
  readonly meaningful: boolean;
}

export interface SequentialComparison {
  readonly interval: [number, number];
  readonly pValue: number;
  readonly adjustedPValue: number;
}

/** The comparison, and why parts of it are missing. */
export interface ComparisonResult {
  readonly comparison: MetricComparison;
  readonly reasons: readonly string[];
}

/**
 * One variant against the control, before the correction for several comparisons and before chances of being best.
 *
 * @example compareVariant(control, treatment, plan, 0.2).comparison.difference; // 0.21
 */
export function compareVariant(
  control: KeyedEstimate,
  treatment: KeyedEstimate,
  plan: DecisionPlan,
  minimumEffect: number | null,
): ComparisonResult {
  const compared = compareEstimates(control.estimate, treatment.estimate, plan.alpha);
  const difference = compared.status === 'insufficient' ? null : finite(compared.difference);
  const relative = relativeTo(control.estimate, treatment.estimate, plan.alpha);
  const comparison: MetricComparison = {
    variant: treatment.variant,
    against: control.variant,
    difference,
    standardError: null,
    degreesOfFreedom: null,
    interval: null,
    pValue: null,
    adjustedPValue: null,
    relative: relative.value,
    sequential: null,
    probabilityBest: null,
    expectedLoss: null,
    significant: false,
    meaningful: difference !== null && Math.abs(difference) >= (minimumEffect ?? 0),
  };
  if (compared.status !== 'ok') return { comparison, reasons: [compared.reason] };
  const sequential = sequentialOf(compared, control.estimate, treatment.estimate, plan);
  return {
    comparison: {
      ...comparison,
      standardError: finite(compared.standardError),
      degreesOfFreedom: finite(compared.degreesOfFreedom),
      interval: finiteInterval(compared.interval),
      pValue: finite(compared.pValue),
      sequential: sequential.value,
    },
    reasons: [relative.reason, sequential.reason].filter((reason) => reason !== null),
  };
}

/** A part of a comparison, or why it is missing. */
interface Part<Value> {
  readonly value: Value | null;
  readonly reason: string | null;
}

function sequentialOf(
  compared: Difference,
  control: VariantEstimate,
  treatment: VariantEstimate,
  plan: DecisionPlan,
): Part<SequentialComparison> {
  if (control.status !== 'ok' || treatment.status !== 'ok') return { value: null, reason: null };
  const look = sequentialLook(compared, control, treatment, minimumUnits(plan), plan.alpha);
  if (look.status !== 'ok')
    return { value: null, reason: `Nothing holds under repeated looks yet: ${look.reason}` };
  const interval = finiteInterval(look.interval);
  if (!interval) return { value: null, reason: 'The interval under repeated looks has no bounds.' };
  return { value: { interval, pValue: look.pValue, adjustedPValue: look.pValue }, reason: null };
}

function relativeTo(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): Part<NonNullable<MetricComparison['relative']>> {
  const relative = relativeDifference(control, treatment, alpha);
  switch (relative.status) {
    case 'ok': {
      const difference = finite(relative.difference);
      const value = difference === null ? null : { difference, interval: finiteInterval(relative.interval) };
      const reason = value?.interval
        ? null
        : 'The difference as a share of the control is too large to bound.';
      return { value, reason };
    }
    case 'unbounded': {
      const difference = finite(relative.difference);
      return { value: difference === null ? null : { difference, interval: null }, reason: relative.reason };
    }
    case 'no-variance':
    case 'insufficient':
      return { value: null, reason: relative.reason };
  }
}
