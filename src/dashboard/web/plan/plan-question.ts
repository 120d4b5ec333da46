import { numberIn, numberText } from '../format/number-in.js';
import type { Fault } from '../act/wizard/fault.js';

/** What one asks of a plan, as it is typed; an empty field was not chosen. */
export interface PlanQuestion {
  /** Key of the experiment whose spread and traffic are taken; empty = the figures below. */
  readonly from: string;
  readonly metric: string;
  readonly mean: string;
  readonly standardDeviation: string;
  readonly unitsPerDay: string;
  readonly minimumEffect: string;
  /** Whether the effect is a percentage of the mean. */
  readonly isRelative: boolean;
  readonly variants: string;
  readonly alpha: string;
  readonly power: string;
  readonly sequential: string;
  readonly coverage: string;
  readonly window: string;
  readonly maximumDays: string;
}

export const emptyQuestion: PlanQuestion = {
  from: '',
  metric: '',
  mean: '',
  standardDeviation: '',
  unitsPerDay: '',
  minimumEffect: '',
  isRelative: false,
  variants: '',
  alpha: '',
  power: '',
  sequential: '',
  coverage: '',
  window: '',
  maximumDays: '',
};

/** What is sent to `POST /v1/plans`; or what has to be said first. */
export type AskedPlan =
  { readonly body: PlanBody; readonly faults: readonly Fault[] } | { readonly missing: string };

export type PlanBody = Readonly<Record<string, unknown>>;

/**
 * The body of `POST /v1/plans` from what was typed, or a sentence that says what is missing.
 *
 * @example askedPlan({ ...emptyQuestion, mean: '0.2', minimumEffect: '0.02' }).body // { baseline: { mean: 0.2 }, minimumEffect: 0.02 }
 */
export function askedPlan(question: PlanQuestion): AskedPlan {
  const faults: Fault[] = [];
  const number = (name: keyof PlanQuestion, pointer = `/${name}`) =>
    numberIn(String(question[name]), (message) => faults.push({ pointer, message }));
  const { from, metric, minimumEffect, isRelative, sequential, window } = question;
  const mean = number('mean', '/baseline/mean');
  const effect = number('minimumEffect');
  if (from === '' && question.mean.trim() === '')
    return { missing: 'Choose an experiment to take spread and traffic from, or give the mean of now.' };
  if (from !== '' && metric === '') return { missing: 'Choose the metric that decides.' };
  if (minimumEffect.trim() === '') return { missing: 'Give the smallest difference worth finding.' };
  const standardDeviation = number('standardDeviation', '/baseline/standardDeviation');
  const unitsPerDay = number('unitsPerDay');
  const body = given({
    metric: metric || undefined,
    minimumEffect: isRelative ? undefined : effect,
    relativeEffect: isRelative && effect !== undefined ? effect / 100 : undefined,
    baseline: from === '' ? given({ mean, standardDeviation }) : { from },
    unitsPerDay: unitsPerDay ?? (from === '' ? undefined : { from }),
    variants: number('variants'),
    alpha: number('alpha'),
    power: number('power'),
    sequential: sequential || undefined,
    coverage: number('coverage'),
    window: window.trim() || undefined,
    maximumDays: number('maximumDays'),
  });
  return { body, faults };
}

/** The effects to draw beside the wanted one: a smaller and a larger, in round figures. */
export function effectsAround(effect: number): readonly number[] {
  return [0.7, 1, 1.5].map((factor) => Number((effect * factor).toPrecision(2 + (factor === 1 ? 10 : 0))));
}

function given(fields: PlanBody): PlanBody {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What an experiment's own plan says, for a question about it. */
interface PlannedExperiment {
  readonly metrics: {
    readonly primary: readonly string[];
    readonly minimumEffect: number | null;
    readonly window: string;
  };
  readonly plan: { readonly alpha: number; readonly power: number };
  readonly variants: readonly unknown[];
}

/**
 * The fields of a question that an experiment fills in; figures of one's own are put away.
 *
 * @example questionFrom(experiment).metric // 'user_rating'
 */
export function questionFrom(experiment: PlannedExperiment | undefined): Partial<PlanQuestion> {
  if (!experiment) return { unitsPerDay: '' };
  const { metrics, plan, variants } = experiment;
  return {
    metric: metrics.primary[0] ?? '',
    mean: '',
    standardDeviation: '',
    unitsPerDay: '',
    ...(metrics.minimumEffect === null
      ? {}
      : { minimumEffect: numberText(metrics.minimumEffect), isRelative: false }),
    variants: variants.length === 2 ? '' : String(variants.length),
    alpha: numberText(plan.alpha),
    power: numberText(plan.power),
    window: metrics.window,
  };
}
