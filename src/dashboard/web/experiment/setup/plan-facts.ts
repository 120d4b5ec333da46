import type { ExperimentView } from '../../api/contract.js';
import { durationOf } from '../../format/duration.js';
import { metricNameOf } from '../../format/metric.js';
import { countOf, shareOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { actionSentence, guardrailName } from '../guardrails/guardrail-words.js';
import { ruleWords } from './rule-words.js';

/** One line of the plan: what was laid down, and what it says. */
export interface PlanFact {
  readonly name: string;
  readonly value: string;
}

/** What decides, and when: laid down before the first unit came. */
export function decisionFacts({ metrics, plan, control, startedAt, endsAt }: ExperimentView): PlanFact[] {
  const names = (keys: readonly string[]) => keys.map(metricNameOf).join(', ') || 'none';
  const { covariate } = metrics;
  return [
    {
      name: metrics.primary.length > 1 ? 'Primary metrics' : 'Primary metric',
      value: names(metrics.primary),
    },
    { name: 'Secondary metrics', value: names(metrics.secondary) },
    { name: 'Minimum effect', value: numberOr(metrics.minimumEffect, 'not given') },
    ...(metrics.margin === null
      ? []
      : [{ name: 'Margin of non-inferiority', value: numberOr(metrics.margin, '') }]),
    { name: 'Compared with', value: control },
    { name: 'Outcomes count for', value: `${durationOf(metrics.window)} after the first exposure` },
    ...(covariate
      ? [
          {
            name: 'Covariate',
            value:
              'attribute' in covariate
                ? covariate.attribute
                : `${metricNameOf(covariate.metric)} of the ${durationOf(covariate.before)} before`,
          },
        ]
      : []),
    { name: 'Chance of a false alarm', value: shareOf(plan.alpha) },
    { name: 'Power', value: shareOf(plan.power) },
    { name: 'Length', value: `${countOf(plan.minimumDays)} to ${countOf(plan.maximumDays)} days` },
    {
      name: 'Units per variant',
      value: plan.unitsPerVariant === null ? 'not given' : countOf(plan.unitsPerVariant),
    },
    ...(plan.maximumCostRatio === null
      ? []
      : [{ name: 'Cost at most', value: `${numberOr(plan.maximumCostRatio, '')} times control's` }]),
    { name: 'Started', value: startedAt === null ? 'not yet' : instantOf(startedAt) },
    { name: 'Ends', value: endsAt === null ? 'not set' : instantOf(endsAt) },
  ];
}

/** Who takes part. */
export function peopleFacts(experiment: ExperimentView): PlanFact[] {
  const { unit, targeting, layer, coverage, holdback, programmeHoldback, forced, hash } = experiment;
  const forcedUnits = Object.keys(forced).length;
  return [
    { name: 'Unit', value: unit },
    { name: 'For', value: targeting === null ? 'everyone' : ruleWords(targeting) },
    { name: 'Coverage', value: shareOf(coverage / 100) },
    {
      name: 'Layer',
      value:
        layer === null
          ? 'none: units may meet other experiments too'
          : `${shareOf(layer.percent / 100)} of "${layer.key}"`,
    },
    { name: 'Held back', value: holdback === 0 ? 'nobody' : shareOf(holdback / 100) },
    ...(programmeHoldback
      ? [{ name: 'Held back of everything', value: shareOf(programmeHoldback / 100) }]
      : []),
    ...(forcedUnits > 0 ? [{ name: 'Forced by hand', value: `${countOf(forcedUnits)} units` }] : []),
    { name: 'Hash', value: hash },
  ];
}

/** What stops harm, a line for each guardrail. */
export function guardrailFacts(
  { guardrails }: ExperimentView,
  unitOf: (metric: string) => string | null,
): PlanFact[] {
  return guardrails.map((guardrail) => ({
    name: guardrailName(guardrail, unitOf(guardrail.metric)),
    value: actionSentence(guardrail.action),
  }));
}

function numberOr(value: number | null, otherwise: string): string {
  return value === null
    ? otherwise
    : new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 }).format(value);
}
