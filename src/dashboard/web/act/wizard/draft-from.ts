import type { ExperimentView } from '../../api/contract.js';
import {
  emptyForm,
  emptyStep,
  type ConfigForm,
  type CovariateForm,
  type DraftForm,
  type GuardrailForm,
  type RampStepForm,
} from './draft-form.js';
import { numberText } from '../../format/number-in.js';
import { extrasFrom } from './extras-from.js';
import { chosen, same } from './field-text.js';
import { defaultGuardrails, serverDefaults, suggestedRamp } from './server-defaults.js';

/**
 * The form filled in from an experiment: what it has by default stays empty, and what has no field is taken over as it is.
 *
 * @example formFrom(experiment).key // 'exp_summarize_v3'
 */
export function formFrom(experiment: ExperimentView): DraftForm {
  const { key, name, variants, chosenPromptVersions, control, metrics, guardrails, ramp } = experiment;
  const steps = ramp.map(stepFrom);
  const isSuggested = same(steps, suggestedRamp);
  return {
    ...emptyForm,
    key: nextKey(key),
    name: name === key ? '' : name,
    hypothesis: experiment.hypothesis,
    unit: chosen(experiment.unit, serverDefaults.unit),
    coverage: chosen(experiment.coverage, serverDefaults.coverage),
    holdback: chosen(experiment.holdback, serverDefaults.holdback),
    controlPlace: Math.max(
      0,
      variants.findIndex((variant) => variant.key === control),
    ),
    variants: variants.map((variant, id) => ({
      id,
      key: variant.key,
      name: variant.name === variant.key ? '' : variant.name,
      weight: chosen(variant.weight, serverDefaults.weight),
      // One that the server made of the config says nothing of a config that is changed.
      promptVersion: chosenPromptVersions.includes(variant.key) ? chosen(variant.promptVersion) : '',
      config: configFrom(variant.config),
    })),
    metrics: {
      primary: metrics.primary,
      secondary: metrics.secondary,
      minimumEffect: chosen(metrics.minimumEffect),
      margin: chosen(metrics.margin),
      window: chosen(metrics.window, serverDefaults.window),
      covariate: covariateFrom(metrics),
    },
    plan: planFrom(experiment.plan),
    guardrails: guardrailsFrom(guardrails.map(guardrailFrom)),
    rampChoice: steps.length === 0 ? 'none' : isSuggested ? 'suggested' : 'own',
    ramp: steps.length === 0 || isSuggested ? [emptyStep] : steps,
    sizing: { ...emptyForm.sizing, from: key },
    ...extrasFrom(experiment),
  };
}

/**
 * The key of an experiment's successor.
 *
 * @example nextKey('exp_summarize_v2') // 'exp_summarize_v3'
 */
export function nextKey(key: string): string {
  const [, stem, number] = /^(.*?[_-]?v)(\d{1,6})$/.exec(key) ?? [];
  return stem !== undefined && number !== undefined ? `${stem}${Number(number) + 1}` : `${key}_v2`;
}

function covariateFrom({ covariate }: ExperimentView['metrics']): CovariateForm {
  const empty = emptyForm.metrics.covariate;
  if (covariate === null) return empty;
  if ('attribute' in covariate) return { ...empty, kind: 'attribute', attribute: covariate.attribute };
  const { metric, before } = covariate;
  return { ...empty, kind: 'metric', metric, before: chosen(before, serverDefaults.before) };
}

function planFrom({
  alpha,
  power,
  minimumDays,
  maximumDays,
  unitsPerVariant,
  maximumCostRatio,
  decision,
}: ExperimentView['plan']) {
  return {
    alpha: chosen(alpha, serverDefaults.alpha),
    power: chosen(power, serverDefaults.power),
    minimumDays: chosen(minimumDays, serverDefaults.minimumDays),
    maximumDays: chosen(maximumDays, serverDefaults.maximumDays),
    unitsPerVariant: chosen(unitsPerVariant),
    maximumCostRatio: chosen(maximumCostRatio),
    decision,
  };
}

function configFrom(config: ExperimentView['variants'][number]['config']): ConfigForm {
  const { model, systemPrompt, temperature, maxTokens, ...rest } = config;
  const own = { model, systemPrompt, temperature, maxTokens };
  const fields = Object.entries(own).filter(([, value]) => value !== undefined);
  // What is no plain text or number cannot be typed into a field of its own.
  const odd = fields.filter(([, value]) => textOf(value) === '');
  const others = { ...Object.fromEntries(odd), ...rest };
  return {
    model: textOf(model),
    systemPrompt: textOf(systemPrompt),
    temperature: textOf(temperature),
    maxTokens: textOf(maxTokens),
    others: Object.keys(others).length > 0 ? JSON.stringify(others, null, 2) : '',
  };
}

/** The form of one guardrail. */
export function guardrailFrom(guardrail: ExperimentView['guardrails'][number]): GuardrailForm {
  const { metric, quantile, above, below, worseThanControlBy, relative, action } = guardrail;
  return {
    metric,
    bound: above !== undefined ? 'above' : below !== undefined ? 'below' : 'worseThanControlBy',
    value: chosen(above ?? below ?? worseThanControlBy ?? null),
    quantile: chosen(quantile ?? null),
    relative: relative === true,
    action,
  };
}

function guardrailsFrom(guardrails: readonly GuardrailForm[]): readonly GuardrailForm[] | null {
  return same(guardrails, defaultGuardrails) ? null : guardrails;
}

function stepFrom({ after, coverage, units, approval }: ExperimentView['ramp'][number]): RampStepForm {
  return { after, coverage: numberText(coverage), units: chosen(units ?? null), approval: approval === true };
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? value : '';
}
