/** One thing that a write would change. */
export interface ChangedFact {
  /** A field of the experiment, `weights`: each variant's share of new units, or `leafWeights`: the same in each leaf. */
  readonly fact: string;
  /** Null = there is none. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What an experiment says of itself, by field. */
export type Facts = Readonly<Record<string, unknown>>;

/** They change with every write, or are said by other facts. */
const beside: ReadonlySet<string> = new Set([
  'version',
  'updatedAt',
  'chosenPromptVersions',
  'currentEpoch',
  'warnings',
]);

/**
 * What differs between an experiment as it is and as a write would leave it, field by field; `null` = it is not there.
 *
 * @example changedFacts({ status: 'running', version: 2 }, { status: 'paused', version: 3 }); // [{ fact: 'status', before: 'running', after: 'paused' }]
 */
export function changedFacts(before: Facts | null, after: Facts | null): ChangedFact[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((fact) => !beside.has(fact))
    .map((fact) => ({ fact, before: before?.[fact] ?? null, after: after?.[fact] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
