/** What was decided on, as it was recorded: its form differs from action to action, and may be of an earlier version. */
export type Evidence = Readonly<Record<string, unknown>>;

/** A number, or null where it is none. */
export function numberIn(evidence: Evidence, name: string): number | null {
  const value = evidence[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A text, or null where it is none or empty. */
export function textIn(evidence: Evidence, name: string): string | null {
  const value = evidence[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Numbers by variant, or null where it is something else. */
export function numbersIn(evidence: Evidence, name: string): Readonly<Record<string, number>> | null {
  const value = recordIn(evidence, name);
  if (!value) return null;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** A record, or null where it is something else. */
export function recordIn(evidence: Evidence, name: string): Evidence | null {
  const value = evidence[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Evidence) : null;
}

/** Records in a list; none where it is something else. */
export function recordsIn(evidence: Evidence, name: string): readonly Evidence[] {
  const value = evidence[name];
  return Array.isArray(value)
    ? value.filter((each): each is Evidence => typeof each === 'object' && each !== null)
    : [];
}

/** Texts in a list; none where it is something else. */
export function textsIn(evidence: Evidence, name: string): readonly string[] {
  const value = evidence[name];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
