import { changedAt } from '../../../src/dashboard/web/act/wizard/draft-change.js';
import { emptyForm, type DraftForm } from '../../../src/dashboard/web/act/wizard/draft-form.js';

/** The least that makes a draft: a key, two variants that differ in their prompt, and a metric. */
export function formWith(changes: Readonly<Record<string, unknown>> = {}): DraftForm {
  const typed = {
    '/key': 'exp_a',
    '/variants/0/config/systemPrompt': 'Summarize.',
    '/variants/1/config/systemPrompt': 'Summarize in one sentence.',
    '/metrics/primary': ['user_rating'],
    ...changes,
  };
  return Object.entries(typed).reduce((form, [at, value]) => changedAt(form, at, value), emptyForm);
}
