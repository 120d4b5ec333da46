import { holdbackGroup } from '../../bucketing/assignment.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import { compareEstimates } from '../../statistics/difference.js';
import { plannedUnits } from '../comparison/sample-size.js';
import { sequentialLook } from '../comparison/sequential-look.js';
import { finiteInterval } from '../finite.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';
import { partEffect } from './part-effect.js';
import { strataOf, type DayTotals } from './strata.js';
import type { HoldbackEffect } from './time-effects.js';

/** All variants together. No variant can have this key: keys contain no `$`. */
export const everyone = '$everyone';

const inLeaves =
  'A bandit served leaves with weights of their own, and who is held back is in none of them; everyone together is compared.';
const tooFew = 'The holdback or the variant has fewer than 2 matured units with an outcome.';

/** The units of one phase, by the day of their first exposure in it; matured ones only. */
export interface HoldbackPhase {
  readonly phase: number;
  readonly periods: readonly WeightPeriod[];
  readonly cohorts: DayTotals<string>;
}

/**
 * What the variants do against the units that were kept on the configuration of before.
 *
 * - In the test (phase 0) every variant and all together; in a rollout the same within a stage, where the variants are
 *   mixed as the stage says. Phases are not added up, as a unit is exposed anew in each.
 * - After the conclusion held-back units and all others go on being exposed, in the last phase. Only days count on which
 *   both were; others have no counterpart.
 * - Between a variant and the holdback the shares change with the weights, so that is compared within periods of constant
 *   weights. The share of the holdback never changes, so everyone is compared in one.
 *
 * The interval is a confidence sequence at alpha of the plan, for each comparison alone.
 * Source: `sequentialLook`.
 *
 * @example holdbackEffects(experiment, metrics, phase)[0]; // { metric: 'user_rating', variant: '$everyone', … }
 */
export function holdbackEffects(
  { variants, plan }: Pick<Experiment, 'variants' | 'plan'>,
  metrics: readonly Metric[],
  { phase, periods, cohorts }: HoldbackPhase,
): HoldbackEffect[] {
  const keys = variants.map(({ key }) => key);
  const shared = sharedDays(cohorts, keys);
  if (shared.size === 0) return [];
  const isParted = new Set(periods.map(({ stratum }) => stratum)).size > 1;
  const pooled = asEveryone(cohorts, keys);
  const whole = [{ epochs: periods.flatMap(({ epochs }) => epochs), weights: {} }];
  return metrics.flatMap((metric) =>
    [everyone, ...keys].map((variant): HoldbackEffect => {
      const [source, within] = variant === everyone ? [pooled, whole] : [cohorts, periods];
      const pair = { control: holdbackGroup, treatment: variant };
      const strata = strataOf(source, pair, metric.key, within, (day) => shared.has(day));
      const { effect, estimates } = partEffect(strata, metric, plan.alpha);
      const base = { metric: metric.key, phase, variant, difference: effect.difference, alpha: plan.alpha };
      if (variant !== everyone && isParted)
        return { ...base, difference: null, units: [0, 0], interval: null, reason: inLeaves };
      const units = [estimates?.control.units ?? 0, estimates?.treatment.units ?? 0] as const;
      if (!estimates) return { ...base, units, interval: null, reason: tooFew };
      return { ...base, units, ...sequenceOf(estimates, plannedUnits(plan), plan.alpha) };
    }),
  );
}

function sequenceOf(
  { control, treatment }: NonNullable<ReturnType<typeof partEffect>['estimates']>,
  planned: number,
  alpha: number,
): Pick<HoldbackEffect, 'interval' | 'reason'> {
  const compared = compareEstimates(control, treatment, alpha);
  if (compared.status !== 'ok') return { interval: null, reason: compared.reason };
  const look = sequentialLook(compared, control, treatment, planned, alpha);
  return look.status === 'ok'
    ? { interval: finiteInterval(look.interval), reason: null }
    : { interval: null, reason: look.reason };
}

/** Days on which both the holdback and some variant had new units. */
function sharedDays({ exposed }: DayTotals<string>, variants: readonly string[]): Set<string> {
  const heldBack = new Set(exposed.flatMap(({ variant, day }) => (variant === holdbackGroup ? [day] : [])));
  const others = exposed.filter(({ variant, day }) => variants.includes(variant) && heldBack.has(day));
  return new Set(others.map(({ day }) => day));
}

function asEveryone({ totals, exposed }: DayTotals<string>, variants: readonly string[]): DayTotals<string> {
  const rename = <Row extends { readonly variant: string }>(row: Row): Row =>
    variants.includes(row.variant) ? { ...row, variant: everyone } : row;
  return { totals: totals.map(rename), exposed: exposed.map(rename) };
}
