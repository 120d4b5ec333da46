import type { ExperimentDefinition } from '../../../../experiments/experiment.schema.js';
import { numberIn } from '../../format/number-in.js';
import { readConfig } from './draft-config.js';
import {
  allocationIn,
  budgetIn,
  covariateIn,
  instantIn,
  isUnnamed,
  jsonExamples,
  judgeIn,
  layerIn,
} from './draft-extras.js';
import type { DraftForm, GuardrailForm, MetricsForm, RampStepForm, VariantForm } from './draft-form.js';
import type { Fault } from './fault.js';
import { beside, jsonIn } from './json-in.js';
import { suggestedRamp } from './server-defaults.js';

/** What would be sent, with what is missing or cannot be read of it. */
export interface DraftBody {
  /** Without what was not chosen: the defaults are the server's. */
  readonly body: ExperimentDefinition;
  readonly faults: readonly Fault[];
  /** Those of them that are about what was typed: it cannot be read. */
  readonly unreadable: readonly Fault[];
}

/**
 * The body of `POST /v1/experiments` from what was typed. Only what was not typed at all and what text cannot become is a
 * fault here; all else the server judges.
 *
 * @example bodyOf(emptyForm).body.variants.length // 2
 */
export function bodyOf(form: DraftForm): DraftBody {
  const missing = missingFaults(form);
  const faults: Fault[] = [];
  const number = (pointer: string, text: string) =>
    numberIn(text, (message) => faults.push({ pointer, message }));
  const report = (pointer: string, message: string) => faults.push({ pointer, message });
  const own = given({
    key: form.key.trim(),
    name: text(form.name),
    hypothesis: text(form.hypothesis),
    unit: text(form.unit),
    coverage: number('/coverage', form.coverage),
    holdback: number('/holdback', form.holdback),
    control: form.variants[form.controlPlace]?.key.trim() ?? '',
    variants: form.variants.map((variant, place) => variantIn(variant, `/variants/${place}`, faults, number)),
    metrics: metricsIn(form.metrics, number),
    plan: planIn(form, number),
    allocation: allocationIn(form.allocation, form.metrics.primary[0], number, report),
    guardrails: form.guardrails?.map((guardrail, place) =>
      guardrailIn(guardrail, `/guardrails/${place}`, number),
    ),
    ramp: rampIn(form, number),
    startsAt: instantIn(form.startsAt),
    endsAt: instantIn(form.endsAt),
    targeting: jsonIn(form.targeting, jsonExamples.targeting, (message) => report('/targeting', message)),
    layer: layerIn(form.layer, number),
    budget: budgetIn(form.budget, number),
    judge: judgeIn(form.judge, number, report),
  });
  const body = beside(own, form.others, jsonExamples.others, (message) => report('', message));
  return {
    body: body as unknown as ExperimentDefinition,
    faults: [...missing, ...faults],
    unreadable: faults,
  };
}

function missingFaults({ key, variants, metrics }: DraftForm): Fault[] {
  const keys = [
    ['/key', key] as const,
    ...variants.map((variant, place) => [`/variants/${place}/key`, variant.key] as const),
  ];
  const faults: Fault[] = keys
    .filter(([, typed]) => typed.trim() === '')
    .map(([pointer]) => ({
      pointer,
      message: 'is missing; write one, of letters, digits, "_", "." and "-"',
    }));
  if (metrics.primary.length === 0)
    faults.push({ pointer: '/metrics/primary', message: 'nothing decides yet; choose a metric' });
  const { kind } = metrics.covariate;
  if (isUnnamed(metrics.covariate))
    faults.push({ pointer: `/metrics/covariate/${kind}`, message: `is missing; name the ${kind}` });
  return faults;
}

type NumberAt = (pointer: string, text: string) => number | undefined;
type Fields = Readonly<Record<string, unknown>>;

function variantIn(variant: VariantForm, pointer: string, faults: Fault[], number: NumberAt): Fields {
  const { config, faults: found } = readConfig(variant.config, `${pointer}/config`);
  faults.push(...found);
  return given({
    key: variant.key.trim(),
    name: text(variant.name),
    weight: number(`${pointer}/weight`, variant.weight),
    promptVersion: text(variant.promptVersion),
    config,
  });
}

function metricsIn(
  { primary, secondary, minimumEffect, margin, window, covariate }: MetricsForm,
  number: NumberAt,
): Fields {
  return given({
    primary: [...primary],
    secondary: secondary.length > 0 ? [...secondary] : undefined,
    minimumEffect: number('/metrics/minimumEffect', minimumEffect),
    margin: number('/metrics/margin', margin),
    window: text(window),
    covariate: covariateIn(covariate),
  });
}

function planIn({ plan: { decision, ...figures } }: DraftForm, number: NumberAt): Fields | undefined {
  const numbers = Object.entries(figures).map(
    ([name, value]) => [name, number(`/plan/${name}`, value)] as const,
  );
  const plan = given({ ...Object.fromEntries(numbers), decision: text(decision) });
  return Object.keys(plan).length > 0 ? plan : undefined;
}

function guardrailIn(guardrail: GuardrailForm, pointer: string, number: NumberAt): Fields {
  const { metric, bound, value, quantile, relative, action } = guardrail;
  const isMargin = bound === 'worseThanControlBy';
  return given({
    metric,
    quantile: isMargin ? undefined : number(`${pointer}/quantile`, quantile),
    [bound]: number(`${pointer}/${bound}`, value),
    relative: isMargin && relative ? true : undefined,
    action,
  });
}

function rampIn({ rampChoice, ramp }: DraftForm, number: NumberAt): Fields[] | undefined {
  if (rampChoice === 'none') return undefined;
  return (rampChoice === 'suggested' ? suggestedRamp : ramp).map((step, place) =>
    stepIn(step, `/ramp/${place}`, number),
  );
}

function stepIn(
  { after, coverage, units, approval }: RampStepForm,
  pointer: string,
  number: NumberAt,
): Fields {
  return given({
    after: text(after),
    coverage: number(`${pointer}/coverage`, coverage),
    units: number(`${pointer}/units`, units),
    approval: approval ? true : undefined,
  });
}

function text(typed: string): string | undefined {
  return typed.trim() === '' ? undefined : typed.trim();
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
