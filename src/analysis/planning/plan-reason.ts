import { counted, figure, percentage } from '../figure.js';
import type { Arrival } from './arrival.js';
import { finalEffect, relativeTo } from './detectable-effects.js';
import type { PlanDesign } from './plan-design.js';
import { days } from './plan-sentences.js';
import { minimumDetectableEffect, type Sizing } from './required-units.js';

/** What a plan has come to. */
export interface PlanOutcome {
  /** Key of the metric; null when none was named. */
  readonly metric: string | null;
  readonly effect: number;
  readonly unitsPerVariant: number;
  readonly units: number;
  /** Null = never, or the arrival is unknown. */
  readonly days: number | null;
}

/**
 * Whether the experiment can conclude in its time, and what it could find otherwise, in sentences with the numbers.
 *
 * @param arrival null = unknown
 * @example planReason(outcome, sizing, arrival, design); // 'A difference of 0.1 (2.6 % of 3.9) in user_rating takes …'
 */
export function planReason(
  outcome: PlanOutcome,
  sizing: Sizing,
  arrival: Arrival | null,
  design: PlanDesign,
): string {
  const needed = neededUnits(outcome, sizing);
  const limit = `maximumDays is ${figure(design.maximumDays)}`;
  const planned = plannedNumber(outcome, sizing, design);
  if (!arrival) return `${needed}. Give unitsPerDay to learn how long that takes.${planned}`;
  const time = outcome.days === null ? 'they never arrive' : `${days(outcome.days)} at this arrival`;
  const inTime = outcome.days !== null && outcome.days <= design.maximumDays;
  return inTime
    ? `${needed}: ${time}, and ${limit}.${planned}`
    : `${needed}: ${time}, but ${limit}. ${instead(sizing, arrival, design)}${planned}`;
}

function neededUnits({ metric, effect, unitsPerVariant, units }: PlanOutcome, { baseline }: Sizing): string {
  const relative = relativeTo(baseline, effect);
  const share = relative === null ? '' : ` (${percentage(relative)} of ${figure(baseline.mean)})`;
  return `A difference of ${figure(effect)}${share} in ${metric ?? 'the metric'} takes ${counted(unitsPerVariant, 'unit')} per variant, ${figure(units)} in all`;
}

/** What can be found in the time there is, and what to change to find more. */
function instead(sizing: Sizing, arrival: Arrival, design: PlanDesign): string {
  const { days: count, absolute, unitsPerVariant } = finalEffect(sizing, arrival, design);
  const found =
    absolute === null ? 'no difference can be found' : `a difference of ${figure(absolute)} can be found`;
  const advice =
    'Accept a larger minimum effect, raise coverage or maximumDays, shorten the window, or compare fewer variants.';
  return `In ${days(count)} ${found}, with ${counted(unitsPerVariant, 'unit')} per variant whose window is over. ${advice}`;
}

/** What the number of units that the plan says already means for the effect. */
function plannedNumber(outcome: PlanOutcome, sizing: Sizing, { plannedUnits, shares }: PlanDesign): string {
  const [control = 0, ...treatments] = shares;
  // The plan's number is the harmonic mean of the two compared variants' units.
  const total = ((plannedUnits ?? Infinity) * (1 / control + 1 / Math.min(...treatments))) / 2;
  if (plannedUnits === null || Math.ceil(total) >= outcome.units) return '';
  const found = minimumDetectableEffect(sizing, total);
  const smallest = found === null ? 'no difference' : `only a difference of ${figure(found)}`;
  return ` With the ${counted(plannedUnits, 'unit')} per variant planned so far, ${smallest} can be found.`;
}
