import { isUnnamed } from './draft-extras.js';
import type { DraftForm } from './draft-form.js';
import type { Fault } from './fault.js';
import { namedConfigs, variantDifferences } from './variant-differences.js';

/** A part of the draft: its place on the page, its name, and where in the request's body its fields are. */
export interface StepName {
  readonly id: string;
  readonly name: string;
  readonly pointers: readonly string[];
}

export const steps: readonly StepName[] = [
  { id: 'what', name: 'What and why', pointers: ['/key', '/name', '/hypothesis', '/unit'] },
  { id: 'variants', name: 'Variants', pointers: ['/variants', '/control'] },
  { id: 'metrics', name: 'Metrics', pointers: ['/metrics'] },
  { id: 'plan', name: 'Plan', pointers: ['/plan', '/coverage', '/holdback'] },
  { id: 'allocation', name: 'Allocation', pointers: ['/allocation'] },
  { id: 'guardrails', name: 'Guardrails', pointers: ['/guardrails'] },
  { id: 'ramp', name: 'Ramp', pointers: ['/ramp'] },
  {
    id: 'audience',
    name: 'Who and when',
    pointers: ['/startsAt', '/endsAt', '/targeting', '/layer'],
  },
  { id: 'more', name: 'Budget, judge, more', pointers: ['/budget', '/judge', ''] },
  { id: 'review', name: 'Review', pointers: [] },
];

/** `open`: something that must be chosen is missing. `done`: chosen, or the server's default stands. */
export type StepState = 'open' | 'done' | 'faulty';

/**
 * How far a step is.
 *
 * @example stateOf(steps[0], emptyForm, []) // 'open'
 */
export function stateOf({ id, pointers }: StepName, form: DraftForm, faults: readonly Fault[]): StepState {
  const isOwn = (pointer: string) =>
    pointers.some((own) => pointer === own || (own !== '' && pointer.startsWith(`${own}/`)));
  if (faults.some(({ pointer }) => isOwn(pointer))) return 'faulty';
  return missingOf(id, form) === null ? 'done' : 'open';
}

/**
 * What a step still lacks, in a few words; null where nothing.
 *
 * @example missingOf('metrics', emptyForm) // 'no metric decides yet'
 */
export function missingOf(id: string, { key, variants, metrics }: DraftForm): string | null {
  if (id === 'what' && key.trim() === '') return 'no key yet';
  if (id === 'metrics' && metrics.primary.length === 0) return 'no metric decides yet';
  if (id === 'metrics' && isUnnamed(metrics.covariate)) return `no ${metrics.covariate.kind} is named`;
  if (id !== 'variants') return null;
  if (variants.some((variant) => variant.key.trim() === '')) return 'a key is missing';
  return variantDifferences(namedConfigs(variants)).length === 0 ? 'all are the same' : null;
}
