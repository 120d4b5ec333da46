import type { TextPlace } from '../../shell/kept-texts.js';
import { emptyForm, type DraftForm } from './draft-form.js';

/** A changed form has a new name, so that none of an older page is taken for it. */
const form = 'assay-draft-3';

/** What is typed, kept for each experiment that a draft is made from; `null` = from none. */
export function keepDraft(place: TextPlace, from: string | null, draft: DraftForm): void {
  try {
    place.setItem(nameOf(from), JSON.stringify(draft));
  } catch {
    // A full or forbidden place keeps nothing; typing goes on.
  }
}

/** What was kept; null where nothing was, or where it cannot be read. */
export function keptDraft(place: TextPlace, from: string | null): DraftForm | null {
  try {
    const kept: unknown = JSON.parse(place.getItem(nameOf(from)) ?? 'null');
    return isLike(emptyForm, kept) ? (kept as DraftForm) : null;
  } catch {
    return null;
  }
}

export function discardDraft(place: TextPlace, from: string | null): void {
  place.removeItem(nameOf(from));
}

function nameOf(from: string | null): string {
  return from === null ? form : `${form}:${from}`;
}

/** Whether a value has the fields of another, each of the same kind; the other's null may stand for anything but a text. */
function isLike(model: unknown, value: unknown): boolean {
  if (model === null) return value === null || typeof value === 'object';
  if (Array.isArray(model)) {
    const [first] = model as unknown[];
    return Array.isArray(value) && (first === undefined || value.every((each) => isLike(first, each)));
  }
  if (typeof model !== 'object') return typeof value === typeof model;
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(model).every(([key, own]) => isLike(own, (value as Record<string, unknown>)[key]))
  );
}
