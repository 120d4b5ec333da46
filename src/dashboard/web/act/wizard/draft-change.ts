import type { DraftForm } from './draft-form.js';

/**
 * What is typed at a place of the form, or of anything else.
 *
 * @example valueAt(form, '/variants/0/key') // 'control'
 */
export function valueAt(form: unknown, at: string): unknown {
  return partsOf(at).reduce<unknown>(
    (value, part) => (value as Readonly<Record<string, unknown>> | undefined)?.[part],
    form,
  );
}

/**
 * The form with another value at that place; whatever lies elsewhere is the same object as before.
 *
 * @example changedAt(form, '/variants/0/key', 'a').variants[0]?.key // 'a'
 */
export function changedAt(form: DraftForm, at: string, value: unknown): DraftForm {
  return changed(form, partsOf(at), value) as DraftForm;
}

function changed(old: unknown, [part, ...rest]: readonly string[], value: unknown): unknown {
  if (part === undefined) return value;
  const inside = (old as Readonly<Record<string, unknown>>)[part];
  const next = changed(inside, rest, value);
  if (Array.isArray(old)) return old.map((item: unknown, place) => (String(place) === part ? next : item));
  return { ...(old as object), [part]: next };
}

function partsOf(at: string): string[] {
  return at.split('/').slice(1);
}
