import type { Metric } from '../../catalogue/metric.js';
import { figure } from '../figure.js';
import { daysUntil, type Arrival } from './arrival.js';
import type { Baseline } from './baseline.js';
import { relativeTo, weeklyEffects, type DetectableEffect } from './detectable-effects.js';
import type { PlanDesign } from './plan-design.js';
import { powerCurves, type PowerCurve } from './power-curve.js';
import { planReason } from './plan-reason.js';
import { planRefusal } from './plan-refusal.js';
import { assumptions, judgement } from './plan-sentences.js';
import { largestEffect, requiredUnits, type Sizing } from './required-units.js';
import { sequentialInflation } from './sequential-inflation.js';

/** How large and how long an experiment has to be. */
export interface PlanOutline {
  /** Key of the metric; null when none was named. */
  readonly metric: string | null;
  readonly minimumEffect: { readonly absolute: number; readonly relative: number | null };
  /** Units in the smallest variant; the same in each when weights are equal. */
  readonly unitsPerVariant: number;
  /** In all variants together. */
  readonly units: number;
  /** Whole weeks from the start until the last unit's window is over; null when never, or the arrival is unknown. */
  readonly days: number | null;
  /** Whether these days are within the maximum; null when the arrival is unknown. */
  readonly feasible: boolean | null;
  readonly reason: string;
  readonly assumptions: readonly string[];
}

/** The same, with what the experiment can find sooner. */
export interface Plan extends PlanOutline {
  /** Week by week up to the maximum; empty when the arrival is unknown. */
  readonly minimumDetectableEffect: readonly DetectableEffect[];
  /** One for each effect that was asked for. */
  readonly powerCurves: readonly PowerCurve[];
}

/** What a plan is made of. */
export interface PlanSources {
  /** Null = none was named. */
  readonly metric: Metric | null;
  /** The smallest difference worth finding, in the metric's unit. */
  readonly effect: number;
  /** Others, in the same unit, whose power is asked for. */
  readonly effects?: readonly number[] | undefined;
  readonly baseline: Baseline;
  /** Null = unknown. */
  readonly arrival: Arrival | null;
  readonly design: PlanDesign;
}

const daysPerWeek = 7;

/** Units in each variant below which there is no variance to estimate. */
const leastUnits = 2;

/** Whole numbers are missed by this share at most. */
const rounding = 1e-9;

/**
 * The plan of an experiment: units by power, days by arrival, what can be found sooner, and what all that rests on.
 *
 * @throws AssayError INVALID_REQUEST when a share has no room for the effect
 * @example makePlan(sources).unitsPerVariant; // 1571
 */
export function makePlan(sources: PlanSources): Plan {
  const { arrival, design, effects = [] } = sources;
  const sizing = sizingOf(sources);
  effects.forEach((effect, place) => assertRoom(sizing, effect, `/effects/${place}`));
  const weekly = arrival ? weeklyEffects(sizing, arrival, design) : [];
  const curves = powerCurves(sizing, design, effects);
  return { ...outlinePlan(sources), minimumDetectableEffect: weekly, powerCurves: curves };
}

/**
 * The plan without its weekly effects, each of which takes milliseconds.
 *
 * @throws AssayError INVALID_REQUEST when a share has no room for the effect
 * @example outlinePlan(sources).feasible; // true
 */
export function outlinePlan(sources: PlanSources): PlanOutline {
  const { metric, effect, baseline, arrival, design } = sources;
  const sizing = sizingOf(sources);
  assertRoom(sizing, effect);
  const byVariant = unitsByVariant(design.shares, requiredUnits(sizing, effect));
  const units = byVariant.reduce((sum, count) => sum + count, 0);
  const unitsPerVariant = Math.min(...byVariant);
  const days = arrival && daysFor(arrival, design, units);
  const outcome = { metric: metric?.key ?? null, effect, unitsPerVariant, units, days };
  return {
    metric: outcome.metric,
    minimumEffect: { absolute: effect, relative: relativeTo(baseline, effect) },
    unitsPerVariant,
    units,
    days,
    feasible: arrival ? days !== null && days <= design.maximumDays : null,
    reason: planReason(outcome, sizing, arrival, design),
    assumptions: [
      ...assumptions(design, sizing, baseline, arrival),
      ...judgement(metric),
      ...unevenWeights(design.shares, byVariant),
    ],
  };
}

function sizingOf({ metric, baseline, design }: PlanSources): Sizing {
  const alpha = design.alpha / design.comparisons;
  const inflation = sequentialInflation({ ...design, alpha });
  return { ...design, baseline, direction: metric?.direction ?? 'increase', alpha, inflation };
}

function assertRoom(sizing: Sizing, effect: number, pointer = '/minimumEffect'): void {
  const room = largestEffect(sizing);
  if (effect <= room) return;
  const way = sizing.direction === 'increase' ? 'rise' : 'fall';
  const reason = `is ${figure(effect)}, but a share of ${figure(sizing.baseline.mean)} can ${way} by ${figure(room)} at most; give a smaller one`;
  throw planRefusal(pointer, reason);
}

function unitsByVariant(shares: readonly number[], total: number): number[] {
  return shares.map((share) => Math.max(leastUnits, Math.ceil(total * share * (1 - rounding))));
}

function daysFor(arrival: Arrival, { admitted, windowDays }: PlanDesign, units: number): number | null {
  const wait = daysUntil(arrival, admitted, units);
  return wait === null ? null : Math.ceil(((wait + windowDays) / daysPerWeek) * (1 - rounding)) * daysPerWeek;
}

function unevenWeights(shares: readonly number[], byVariant: readonly number[]): string[] {
  const [control = 0, ...treatments] = byVariant;
  if (Math.max(...shares) - Math.min(...shares) < rounding) return [];
  const mean = 2 / (1 / control + 1 / Math.min(...treatments));
  return [
    `The weights are uneven: ${byVariant.map(figure).join(', ')} units, the control first; the smallest treatment decides. ` +
      "The report's looks go by the harmonic mean of its units and the control's: " +
      `plan.unitsPerVariant is ${figure(Math.ceil(mean))}.`,
  ];
}
