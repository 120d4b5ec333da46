import { numberFrom } from '../../format/number-in.js';
import { askedPlan, emptyQuestion, type AskedPlan } from '../../plan/plan-question.js';
import type { DraftForm } from './draft-form.js';
import { serverDefaults } from './server-defaults.js';

/**
 * What a draft asks of `POST /v1/plans`. Several primary metrics share alpha, as they do in the report; the plan is of the
 * first of them.
 *
 * @example questionOf(form).body // { metric: 'user_rating', minimumEffect: 0.2, weights: [1, 1], … }
 */
export function questionOf(form: DraftForm): AskedPlan {
  const { metrics, plan, sizing } = form;
  const [metric = ''] = metrics.primary;
  if (metric === '') return { missing: 'Choose a primary metric above.' };
  const asked = askedPlan({
    ...emptyQuestion,
    ...sizing,
    metric,
    minimumEffect: metrics.minimumEffect,
    window: metrics.window,
    alpha: plan.alpha,
    power: plan.power,
    maximumDays: plan.maximumDays,
    coverage: form.coverage,
  });
  if ('missing' in asked) return asked;
  const alpha = numberFrom(plan.alpha) ?? Number(serverDefaults.alpha);
  const holdback = numberFrom(form.holdback) ?? Number(serverDefaults.holdback);
  const rivals = metrics.primary.length;
  const isBandit = form.allocation.mode === 'bandit';
  return {
    ...asked,
    body: {
      ...asked.body,
      weights: weightsOf(form),
      ...(rivals > 1 ? { alpha: alpha / rivals } : {}),
      ...(holdback > 0 ? { holdback } : {}),
      ...(isBandit ? { sequential: 'open' } : {}),
    },
  };
}

/** The control's first; variants without any weight meet nobody. */
function weightsOf({ variants, controlPlace }: DraftForm): number[] {
  const weights = variants.map(({ weight }) => {
    const given = numberFrom(weight);
    return given !== undefined && given >= 0 ? given : Number(serverDefaults.weight);
  });
  const others = weights.filter((weight, place) => place !== controlPlace && weight > 0);
  return [weights[controlPlace] ?? 1, ...others];
}
