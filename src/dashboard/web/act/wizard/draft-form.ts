/** A draft as it is typed: every field is text, and an empty one was not chosen. Its shape is that of the request's body. */
export interface DraftForm {
  readonly key: string;
  readonly name: string;
  readonly hypothesis: string;
  readonly unit: string;
  readonly coverage: string;
  readonly holdback: string;
  /** Place of the control among the variants. */
  readonly controlPlace: number;
  readonly variants: readonly VariantForm[];
  readonly metrics: MetricsForm;
  readonly plan: PlanForm;
  /** Null = those every experiment gets. */
  readonly guardrails: readonly GuardrailForm[] | null;
  readonly rampChoice: RampChoice;
  /** The reader's own steps. */
  readonly ramp: readonly RampStepForm[];
  /** In the reader's time zone, as a browser's field gives it: `2026-12-01T09:00`. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** A rule, as JSON. */
  readonly targeting: string;
  readonly layer: LayerForm;
  readonly allocation: AllocationForm;
  readonly budget: BudgetForm;
  readonly judge: JudgeForm;
  /** What else a draft can have, as JSON. */
  readonly others: string;
  readonly sizing: SizingForm;
}

export interface LayerForm {
  readonly key: string;
  readonly percent: string;
}

export interface AllocationForm {
  readonly mode: 'fixed' | 'bandit';
  /** A metric's key; a utility or conditions as JSON. */
  readonly reward: string;
  readonly every: string;
  readonly floor: string;
  readonly burnIn: { readonly unitsPerVariant: string; readonly rewards: string; readonly hours: string };
  readonly maximumStep: string;
  readonly controlShare: string;
  readonly objective: string;
  readonly discount: string;
  readonly onJump: string;
  /** What else a bandit can be told, as JSON. */
  readonly others: string;
}

export interface BudgetForm {
  readonly total: string;
  readonly perDay: string;
  readonly action: string;
}

export interface JudgeForm {
  readonly rubric: string;
  readonly metric: string;
  readonly samplingRate: string;
  readonly budgetUsdPerDay: string;
  /** Its model, its scale and its comparisons of pairs, as JSON. */
  readonly others: string;
}

export interface VariantForm {
  /** Tells variants apart while their keys are typed. */
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly weight: string;
  /** Empty = the first characters of the config's hash. */
  readonly promptVersion: string;
  readonly config: ConfigForm;
}

/** What of a variant's config has a field of its own; the others are one JSON object. */
export interface ConfigForm {
  readonly model: string;
  readonly systemPrompt: string;
  readonly temperature: string;
  readonly maxTokens: string;
  readonly others: string;
}

export interface MetricsForm {
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  readonly minimumEffect: string;
  readonly margin: string;
  readonly window: string;
  readonly covariate: CovariateForm;
}

/** What was known of a unit before; each kind has fields of its own. */
export interface CovariateForm {
  readonly kind: '' | 'attribute' | 'metric';
  readonly attribute: string;
  readonly metric: string;
  readonly before: string;
}

export interface PlanForm {
  readonly alpha: string;
  readonly power: string;
  readonly minimumDays: string;
  readonly maximumDays: string;
  readonly unitsPerVariant: string;
  readonly maximumCostRatio: string;
  readonly decision: string;
}

export type GuardrailBound = 'above' | 'below' | 'worseThanControlBy';

export interface GuardrailForm {
  readonly metric: string;
  readonly bound: GuardrailBound;
  readonly value: string;
  readonly quantile: string;
  readonly relative: boolean;
  readonly action: string;
}

export type RampChoice = 'none' | 'suggested' | 'own';

export interface RampStepForm {
  readonly after: string;
  readonly coverage: string;
  readonly units: string;
  readonly approval: boolean;
}

/** What the size is reckoned from; no part of the draft. */
export interface SizingForm {
  /** Key of the experiment whose spread and traffic are taken; empty = the figures below. */
  readonly from: string;
  readonly mean: string;
  readonly standardDeviation: string;
  readonly unitsPerDay: string;
}

const emptyConfig: ConfigForm = { model: '', systemPrompt: '', temperature: '', maxTokens: '', others: '' };

/** A variant without a configuration. */
export function emptyVariant(id: number, key: string): VariantForm {
  return { id, key, name: '', weight: '', promptVersion: '', config: emptyConfig };
}

export const emptyStep: RampStepForm = { after: '', coverage: '', units: '', approval: false };

/** Nothing chosen yet: two variants with the usual keys. */
export const emptyForm: DraftForm = {
  key: '',
  name: '',
  hypothesis: '',
  unit: '',
  coverage: '',
  holdback: '',
  controlPlace: 0,
  variants: [emptyVariant(0, 'control'), emptyVariant(1, 'treatment')],
  metrics: {
    primary: [],
    secondary: [],
    minimumEffect: '',
    margin: '',
    window: '',
    covariate: { kind: '', attribute: '', metric: '', before: '' },
  },
  plan: {
    alpha: '',
    power: '',
    minimumDays: '',
    maximumDays: '',
    unitsPerVariant: '',
    maximumCostRatio: '',
    decision: '',
  },
  guardrails: null,
  rampChoice: 'none',
  ramp: [emptyStep],
  startsAt: '',
  endsAt: '',
  targeting: '',
  layer: { key: '', percent: '' },
  allocation: {
    mode: 'fixed',
    reward: '',
    every: '',
    floor: '',
    burnIn: { unitsPerVariant: '', rewards: '', hours: '' },
    maximumStep: '',
    controlShare: '',
    objective: '',
    discount: '',
    onJump: '',
    others: '',
  },
  budget: { total: '', perDay: '', action: 'warn' },
  judge: { rubric: '', metric: '', samplingRate: '', budgetUsdPerDay: '', others: '' },
  others: '',
  sizing: { from: '', mean: '', standardDeviation: '', unitsPerDay: '' },
};
