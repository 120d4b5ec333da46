import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { UnitAnswers } from '../../metrics/served-answers.js';
import { complierEffect } from '../../statistics/complier-effect.js';
import { studentUpperQuantile } from '../../statistics/distributions.js';
import { jackknifeRatio } from '../../statistics/ratio.js';
import { sharedUnitRatios, type SharedUnit } from '../../statistics/shared-unit-ratios.js';
import { finite, finiteInterval } from '../finite.js';
import { fallbackOwner } from './served-config.js';

/** Answers to units of one variant that one config gave. */
export interface ServedGroup {
  /** The variant that the units were assigned. */
  readonly variant: string;
  /** Whose config answered: the variant's own, or its `fallbackConfig`. */
  readonly by: 'own' | 'fallback';
  /** The variant whose config that is; null where the fallback's is nobody's. */
  readonly servedAs: string | null;
  readonly units: number;
  readonly answers: number;
  /** Of the variant's answers. */
  readonly share: number;
  /** Per answer. */
  readonly mean: number | null;
  /** At 1 − alpha, by units. */
  readonly interval: [number, number] | null;
}

/** One variant against the control, by what was served. */
export interface ServedComparison {
  readonly variant: string;
  readonly against: string;
  /** Answers of the variant's config less answers of the control's, whoever was to have them. Not randomised. */
  readonly difference: number | null;
  readonly interval: [number, number] | null;
  /** What the variant's own answers do to those who get them, by the assignment as an instrument; null where that cannot be said. */
  readonly instrumental: { readonly effect: number; readonly interval: [number, number] | null } | null;
  /** Why there is no `instrumental`, or no difference at all. */
  readonly reason: string | null;
}

/** A primary metric by the config that really answered: beside the results as assigned, and never instead of them. */
export interface AsServed {
  readonly metric: string;
  readonly groups: readonly ServedGroup[];
  readonly comparisons: readonly ServedComparison[];
  /** Share of all units that this was read from. */
  readonly sampled: number;
}

/** What is known of one metric's answers. */
export interface AnswersRead {
  readonly metric: Metric;
  readonly units: readonly UnitAnswers[];
  readonly sampled: number;
  /** Whether the weights changed while units came: then means of all of them do not compare. */
  readonly weightsChanged: boolean;
}

/**
 * Answers sorted by the config that gave them. Null where no fallback answered.
 *
 * A fallback answers when the variant's own model fails, which may go with the hour, the load or the question: who is in which group
 * was not drawn, so the groups and their difference describe and prove nothing. What can be said about cause is
 * `instrumental`, under the assumptions of `complierEffect`.
 *
 * @example asServed(experiment, read)?.groups[1]; // { variant: 'treatment', by: 'fallback', servedAs: 'control', … }
 */
export function asServed(experiment: Experiment, read: AnswersRead): AsServed | null {
  if (!read.units.some(({ fallbackAnswers }) => fallbackAnswers > 0)) return null;
  const keys = experiment.variants.map(({ key }) => key);
  const { alpha } = experiment.plan;
  return {
    metric: read.metric.key,
    groups: keys.flatMap((key) => groupsOf(experiment, key, read.units, alpha)),
    comparisons: keys
      .filter((key) => key !== experiment.control)
      .map((key) => comparisonOf(experiment, key, read)),
    sampled: read.sampled,
  };
}

function groupsOf(
  experiment: Experiment,
  variant: string,
  units: readonly UnitAnswers[],
  alpha: number,
): ServedGroup[] {
  const own = units.filter((unit) => unit.variant === variant);
  const all = own.reduce((sum, { ownAnswers, fallbackAnswers }) => sum + ownAnswers + fallbackAnswers, 0);
  const parts = [
    { by: 'own', servedAs: variant, rows: own.map((unit) => [unit.ownSum, unit.ownAnswers] as const) },
    {
      by: 'fallback',
      servedAs: fallbackOwner(experiment, variant),
      rows: own.map((unit) => [unit.fallbackSum, unit.fallbackAnswers] as const),
    },
  ] as const;
  return parts.flatMap(({ by, servedAs, rows }) => {
    const answered = rows.filter(([, events]) => events > 0);
    if (answered.length === 0) return [];
    const answers = answered.reduce((sum, [, events]) => sum + events, 0);
    const mean = answered.reduce((sum, [value]) => sum + value, 0) / answers;
    const margin = marginOf(answered, alpha);
    const interval = finiteInterval([mean - margin, mean + margin]);
    return [
      {
        variant,
        by,
        servedAs,
        units: answered.length,
        answers,
        share: answers / all,
        mean: finite(mean),
        interval,
      },
    ];
  });
}

/** Half the width of the interval; NaN where nothing tells it. */
function marginOf(rows: readonly (readonly [sum: number, answers: number])[], alpha: number): number {
  const estimate = jackknifeRatio(rows.map(([sum, events]) => ({ sum, events, sumSquares: 0 })));
  if (estimate.status !== 'ok' || estimate.variance === 0) return NaN;
  return studentUpperQuantile(alpha / 2, estimate.units - 1) * Math.sqrt(estimate.variance);
}

function comparisonOf(experiment: Experiment, variant: string, read: AnswersRead): ServedComparison {
  const { control, plan } = experiment;
  const about = { variant, against: control };
  const nothing = { ...about, difference: null, interval: null, instrumental: null };
  if (read.weightsChanged)
    return {
      ...nothing,
      reason: 'The weights changed while units came, so answers of all of them do not compare.',
    };
  const difference = sharedUnitRatios(sharedUnits(experiment, variant, read.units), plan.alpha);
  if (difference.status !== 'ok') return { ...nothing, reason: difference.reason };
  const served = {
    ...about,
    difference: finite(difference.difference),
    interval: finiteInterval(difference.interval),
  };
  const refusal = instrumentRefusal(experiment, variant, read.units);
  if (refusal !== null) return { ...served, instrumental: null, reason: refusal };
  const of = (key: string) =>
    read.units
      .filter((unit) => unit.variant === key)
      .map((unit) => ({
        sum: unit.ownSum + unit.fallbackSum,
        events: unit.ownAnswers + unit.fallbackAnswers,
        served: key === control ? 0 : unit.ownAnswers,
      }));
  const effect = complierEffect(of(control), of(variant), plan.alpha);
  return effect.status === 'ok'
    ? {
        ...served,
        instrumental: { effect: effect.effect, interval: finiteInterval(effect.interval) },
        reason: null,
      }
    : { ...served, instrumental: null, reason: effect.reason };
}

/** Each unit's answers by the config of the control and by that of the variant, whichever of the two it was assigned, or a third. */
function sharedUnits(experiment: Experiment, variant: string, units: readonly UnitAnswers[]): SharedUnit[] {
  const owners = new Map(experiment.variants.map(({ key }) => [key, fallbackOwner(experiment, key)]));
  return units.map((unit) => {
    const part = (key: string): readonly [sum: number, answers: number] => {
      const own = unit.variant === key;
      const fallen = owners.get(unit.variant) === key;
      return [
        (own ? unit.ownSum : 0) + (fallen ? unit.fallbackSum : 0),
        (own ? unit.ownAnswers : 0) + (fallen ? unit.fallbackAnswers : 0),
      ];
    };
    const [control, treatment] = [part(experiment.control), part(variant)];
    return {
      controlSum: control[0],
      controlEvents: control[1],
      treatmentSum: treatment[0],
      treatmentEvents: treatment[1],
    };
  });
}

/** Why the assignment is no instrument here; null where it may be one. */
function instrumentRefusal(
  experiment: Experiment,
  variant: string,
  units: readonly UnitAnswers[],
): string | null {
  const { control } = experiment;
  if (fallbackOwner(experiment, variant) !== control)
    return `The fallback of ${variant} is not ${control}'s config, so no one assumption tells what its own answers alone do.`;
  const fell = units.some((unit) => unit.variant === control && unit.fallbackAnswers > 0);
  const same = fallbackOwner(experiment, control) === control;
  return fell && !same ? `Units of ${control} were served by a fallback too.` : null;
}
