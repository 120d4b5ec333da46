import type { DecisionView } from '../../api/contract.js';

/** What a new unit meets: the test, the fallback (and why), or the variant decided on. */
export type Serving = 'test' | 'paused' | 'killed' | 'closed' | 'decided' | 'archived';

/** From an instant on, what a new unit meets. */
export interface ServingChange {
  readonly at: number;
  readonly serving: Serving;
  /** The variant decided on; null before there is one. */
  readonly variant: string | null;
}

interface Standing {
  readonly running: Exclude<Serving, 'closed'>;
  readonly closed: boolean;
  readonly variant: string | null;
}

type Move = (before: Standing, evidence: DecisionView['evidence']) => Partial<Standing>;

const back: Move = () => ({ running: 'paused' });
const moves: Readonly<Record<string, Move>> = {
  start: () => ({ running: 'test' }),
  resume: (_before, evidence) =>
    evidence['decidedVariant'] ? decided(evidence['decidedVariant']) : { running: 'test' },
  pause: back,
  'roll back': back,
  'abort rollout': back,
  'lift kill': back,
  kill: () => ({ running: 'killed' }),
  // A rollout serves everyone, whatever admission was before.
  'roll out': () => ({ running: 'test', closed: false }),
  'close admission': () => ({ closed: true }),
  edit: admission,
  'loosen guardrails': admission,
  conclude: (_before, { decidedVariant }) => decided(decidedVariant),
  ship: (_before, { winner }) => decided(winner),
  archive: () => ({ running: 'archived' }),
};

/**
 * What new units met over time, from the decision log.
 *
 * @param decisions in any order
 * @example servingChanges([{ at: '2026-01-05T00:00:00Z', action: 'pause', … }])[0].serving // 'paused'
 */
export function servingChanges(decisions: readonly DecisionView[]): ServingChange[] {
  let standing: Standing = { running: 'test', closed: false, variant: null };
  const changes: ServingChange[] = [];
  for (const { at, action, evidence } of oldestFirst(decisions)) {
    const move = moves[action];
    if (!move) continue;
    standing = { ...standing, ...move(standing, evidence) };
    const serving = servingOf(standing);
    const last = changes.at(-1);
    if (last?.serving === serving && last.variant === standing.variant) continue;
    changes.push({ at: Date.parse(at), serving, variant: standing.variant });
  }
  return changes;
}

/** What a new unit meets, in words. */
export function servingWords(serving: Serving): string {
  switch (serving) {
    case 'test':
      return 'in the test';
    case 'paused':
      return 'paused: everyone is served the fallback';
    case 'killed':
      return 'killed: everyone is served the fallback';
    case 'closed':
      return 'admission is closed: new units are served the fallback';
    case 'decided':
      return 'concluded: everyone is served the variant decided on';
    case 'archived':
      return 'archived: everyone is served the fallback';
  }
}

function servingOf({ running, closed }: Standing): Serving {
  return running === 'test' && closed ? 'closed' : running;
}

function admission({ closed }: Standing, evidence: DecisionView['evidence']): Partial<Standing> {
  return { closed: 'admission' in evidence ? evidence['admission'] === 'closed' : closed };
}

function decided(variant: unknown): Partial<Standing> {
  return { running: 'decided', variant: typeof variant === 'string' ? variant : null };
}

/** The log is newest first, with several decisions at one instant in that order too. */
function oldestFirst(decisions: readonly DecisionView[]): DecisionView[] {
  const turned = [...decisions].reverse();
  return turned.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
