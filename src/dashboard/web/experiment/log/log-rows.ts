import type { DecisionView, EpochView } from '../../api/contract.js';
import { actorKindOf, type ActorKind } from './actor-words.js';
import { changeLines, stateAfter } from './decision-words.js';

/** A decision as the log shows it. */
export interface LogRow {
  readonly decision: DecisionView;
  readonly kind: ActorKind;
  /** What it changed, before and after. */
  readonly changes: readonly string[];
  /** Where in the traffic it can be seen: it opened a weight epoch, or changed what new units meet; else null. */
  readonly trafficAt: string | null;
}

/** Which decisions are shown; null = all. */
export interface LogFilter {
  readonly kind: ActorKind | null;
  readonly action: string | null;
}

/**
 * The decisions as rows, newest first.
 *
 * @param decisions newest first
 * @param epochs newest first
 */
export function logRows(
  decisions: readonly DecisionView[],
  epochs: readonly Pick<EpochView, 'startedAt'>[],
): LogRow[] {
  const starts = new Set(epochs.map(({ startedAt }) => startedAt));
  const first = epochs.at(-1)?.startedAt ?? null;
  let state: string | null = null;
  const rows: LogRow[] = [];
  for (const decision of [...decisions].reverse()) {
    rows.push({
      decision,
      kind: actorKindOf(decision.actor),
      changes: changeLines(decision, state),
      trafficAt: starts.has(decision.at) || changesServing(decision, first) ? decision.at : null,
    });
    state = stateAfter(decision) ?? state;
  }
  return rows.reverse();
}

/** @param first when the first epoch began; null before */
function changesServing(decision: DecisionView, first: string | null): boolean {
  return stateAfter(decision) !== null && first !== null && decision.at >= first;
}

export function filtered(rows: readonly LogRow[], { kind, action }: LogFilter): LogRow[] {
  return rows.filter(
    (row) => (kind === null || row.kind === kind) && (action === null || row.decision.action === action),
  );
}

/** Each value that occurs with how often, the commonest first. */
export function tally<Value extends string>(values: readonly Value[]): { value: Value; count: number }[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || one.value.localeCompare(other.value));
}
