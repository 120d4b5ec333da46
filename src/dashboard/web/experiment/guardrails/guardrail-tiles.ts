import type { VerdictView } from '../../api/contract.js';
import { guardrailState, moreUrgent, worstState, type GuardrailState } from './guardrail-words.js';

/** One guardrail with what it says of each variant. */
export interface GuardrailTile {
  readonly guardrail: VerdictView['guardrail'];
  readonly state: GuardrailState;
  readonly verdicts: readonly VerdictView[];
}

/** A tile for each guardrail, those that ask most of the reader first. */
export function guardrailTiles(verdicts: readonly VerdictView[]): GuardrailTile[] {
  const groups = grouped(verdicts);
  return [...groups.values()]
    .flatMap((group): GuardrailTile[] => {
      const [first] = group;
      if (!first) return [];
      return [{ guardrail: first.guardrail, state: worstState(group.map(guardrailState)), verdicts: group }];
    })
    .sort((one, other) => moreUrgent(one.state, other.state));
}

/** All guardrails together, in a sentence. */
export function tilesSummary(tiles: readonly GuardrailTile[]): string {
  if (tiles.length === 0)
    return 'This experiment has no guardrails: nothing stops harm but a person. They can be added while it runs.';
  const count = (state: GuardrailState) => tiles.filter((tile) => tile.state === state).length;
  const parts = (['breached', 'overridden', 'unclear', 'no-data', 'quiet'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${sentences[state]}`);
  return `Of ${tiles.length} ${tiles.length === 1 ? 'guardrail' : 'guardrails'}: ${parts.join(', ')}.`;
}

const sentences: Readonly<Record<GuardrailState, string>> = {
  breached: 'breached',
  overridden: 'overridden by a person',
  unclear: 'unclear so far',
  'no-data': 'without data',
  quiet: 'quiet',
};

function grouped(verdicts: readonly VerdictView[]): Map<string, VerdictView[]> {
  const groups = new Map<string, VerdictView[]>();
  for (const verdict of verdicts) {
    const name = JSON.stringify(verdict.guardrail);
    groups.set(name, [...(groups.get(name) ?? []), verdict]);
  }
  return groups;
}
