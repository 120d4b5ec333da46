import type { DecisionPlan } from '../../experiments/experiment.js';
import type { Comparison, Difference } from '../../statistics/difference.js';
import { normalQuantile } from '../../statistics/distributions.js';
import type { Estimate, VariantEstimate } from '../../statistics/estimate.js';
import { relativeDifference } from '../../statistics/relative-difference.js';
import { finite, finiteInterval } from '../finite.js';
import type { KeyedEstimate } from '../measurement/keyed-estimate.js';
import type { BinaryCell } from '../measurement/metric-data.js';
import {
  sequentialComparison,
  type RecordedLook,
  type SequentialAnswer,
  type SequentialComparison,
} from './sequential-comparison.js';
import type { ComparisonMemory } from './sequential-memory.js';
import type { SequentialMethod } from './sequential-memory.js';

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

/** A treatment against the control on one metric, and how to look at it. */
export interface ComparisonQuestion {
  readonly control: KeyedEstimate;
  readonly treatment: KeyedEstimate;
  readonly compared: Comparison;
  readonly plan: DecisionPlan;
  /** In the metric's unit; null where any difference matters. */
  readonly minimumEffect: number | null;
  readonly method: SequentialMethod;
  readonly cells: readonly BinaryCell[];
  readonly memory: ComparisonMemory;
  readonly look: RecordedLook | null;
}

/** The comparison, why parts of it are missing, and what is remembered of it once the look is recorded. */
export interface ComparisonResult {
  readonly comparison: MetricComparison;
  readonly reasons: readonly string[];
  readonly memory: ComparisonMemory;
}

/**
 * One variant against the control, before the correction for several comparisons and before chances of being best.
 *
 * @example compareVariant(question).comparison.difference; // 0.21
 */
export function compareVariant(question: ComparisonQuestion): ComparisonResult {
  const { control, treatment, compared, plan, minimumEffect, memory } = question;
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
  if (compared.status !== 'ok') return { comparison, reasons: [compared.reason], memory };
  const sequential = sequentialOf(question, compared);
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
    memory: sequential.memory,
  };
}

function sequentialOf(question: ComparisonQuestion, compared: Difference): SequentialAnswer {
  const { estimate: control } = question.control;
  const { estimate: treatment } = question.treatment;
  const { memory } = question;
  if (control.status !== 'ok' || treatment.status !== 'ok') return { value: null, reason: null, memory };
  return sequentialComparison({ ...question, compared, control, treatment });
}

/** A part of a comparison, or why it is missing. */
interface Part<Value> {
  readonly value: Value | null;
  readonly reason: string | null;
}

/** Whether the control's own interval holds 0; a share of such a figure has no bounds worth showing. */
function isNearZero({ value, variance }: Estimate, alpha: number): boolean {
  return variance > 0 && normalQuantile(alpha / 2) ** 2 * variance >= value ** 2;
}

function relativeTo(
  control: VariantEstimate,
  treatment: VariantEstimate,
  alpha: number,
): Part<NonNullable<MetricComparison['relative']>> {
  if (control.status === 'ok' && treatment.status === 'ok' && isNearZero(control, alpha)) {
    const difference = finite((treatment.value - control.value) / Math.abs(control.value));
    const reason = 'The control may well be 0, so its share has no bounds.';
    return { value: difference === null ? null : { difference, interval: null }, reason };
  }
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
