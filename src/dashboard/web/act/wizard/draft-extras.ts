import type { AllocationForm, BudgetForm, CovariateForm, JudgeForm, LayerForm } from './draft-form.js';
import { beside, jsonIn } from './json-in.js';

/** Examples for what is written as JSON. */
export const jsonExamples = {
  targeting: '{"attribute": "plan", "operator": "in", "value": ["pro", "team"]}',
  allocation: '{"segments": {"attributes": ["plan"]}}',
  judge: '{"scale": {"min": 1, "max": 10}}',
  others: '{"description": "Why we ask."}',
} as const;

export type Report = (pointer: string, message: string) => void;
type NumberAt = (pointer: string, text: string) => number | undefined;
type Fields = Readonly<Record<string, unknown>>;

const typed = (text: string) => (text.trim() === '' ? undefined : text.trim());

/** The object, or nothing where none of it was chosen. */
function orNothing(fields: Fields): Fields | undefined {
  const chosen = Object.entries(fields).filter(([, value]) => value !== undefined);
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}

/**
 * The instant of a date and time in the reader's time zone.
 *
 * @example instantIn('2026-12-01T09:00') // in Berlin: '2026-12-01T08:00:00.000Z'
 */
export function instantIn(text: string): string | undefined {
  const instant = new Date(text);
  return text === '' || Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

export function layerIn({ key, percent }: LayerForm, number: NumberAt): Fields | undefined {
  return orNothing({ key: typed(key), percent: number('/layer/percent', percent) });
}

/** Nothing as long as it is not named. */
export function covariateIn({ kind, attribute, metric, before }: CovariateForm): Fields | undefined {
  if (kind === '' || isUnnamed({ kind, attribute, metric })) return undefined;
  return kind === 'attribute'
    ? { attribute: attribute.trim() }
    : orNothing({ metric: typed(metric), before: typed(before) });
}

/** Whether it was said what kind of thing is known of a unit before, and not which. */
export function isUnnamed({ kind, ...names }: Omit<CovariateForm, 'before'>): boolean {
  return kind !== '' && names[kind].trim() === '';
}

/** A budget's action counts for nothing as long as no amount is bounded. */
export function budgetIn({ total, perDay, action }: BudgetForm, number: NumberAt): Fields | undefined {
  const bounds = orNothing({
    total: number('/budget/total', total),
    perDay: number('/budget/perDay', perDay),
  });
  return bounds && { ...bounds, action };
}

/** A judge needs a rubric: all else of it counts for nothing before. */
export function judgeIn(form: JudgeForm, number: NumberAt, report: Report): Fields | undefined {
  if (form.rubric.trim() === '' && form.others.trim() === '') return undefined;
  const own = {
    rubric: typed(form.rubric),
    metric: typed(form.metric),
    samplingRate: number('/judge/samplingRate', form.samplingRate),
    budgetUsdPerDay: number('/judge/budgetUsdPerDay', form.budgetUsdPerDay),
  };
  return orNothing(beside(own, form.others, jsonExamples.judge, (message) => report('/judge', message)));
}

/** @param primary what a bandit raises that was not told */
export function allocationIn(
  form: AllocationForm,
  primary: string | undefined,
  number: NumberAt,
  report: Report,
): Fields | undefined {
  if (form.mode === 'fixed') return undefined;
  const at = (name: string) => number(`/allocation/${name}`, form[name as keyof AllocationForm] as string);
  const { unitsPerVariant, rewards, hours } = form.burnIn;
  const own = {
    mode: 'bandit',
    reward: rewardIn(form.reward, report) ?? primary,
    every: typed(form.every),
    floor: at('floor'),
    burnIn: orNothing({
      unitsPerVariant: number('/allocation/burnIn/unitsPerVariant', unitsPerVariant),
      rewards: number('/allocation/burnIn/rewards', rewards),
      hours: number('/allocation/burnIn/hours', hours),
    }),
    maximumStep: at('maximumStep'),
    controlShare: at('controlShare'),
    objective: typed(form.objective),
    discount: typed(form.discount),
    onJump: typed(form.onJump),
  };
  const complain = (message: string) => report('/allocation', message);
  return orNothing(beside(own, form.others, jsonExamples.allocation, complain));
}

/** A metric's key, or a utility or conditions as JSON. */
function rewardIn(text: string, report: Report): unknown {
  if (!text.trim().startsWith('{')) return typed(text);
  return jsonIn(text, '{"utility": {"user_rating": 1, "cost_usd": -20}}', (message) =>
    report('/allocation/reward', message),
  );
}
