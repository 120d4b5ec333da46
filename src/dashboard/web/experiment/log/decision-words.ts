import type { DecisionView } from '../../api/contract.js';
import { metricNameOf } from '../../format/metric.js';
import { shareOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { spanWords } from '../traffic/span-words.js';
import { numberIn, numbersIn, recordIn, recordsIn, textIn, textsIn, type Evidence } from './evidence.js';
import { moveWords, weightMoves } from './weight-moves.js';

/** What an action left the experiment in, where it changed its state. */
const statesAfter: Readonly<Record<string, string>> = {
  create: 'draft',
  clone: 'draft',
  schedule: 'scheduled',
  start: 'running',
  pause: 'paused',
  resume: 'running',
  kill: 'killed',
  'lift kill': 'paused',
  'roll back': 'paused',
  'abort rollout': 'paused',
  'roll out': 'rolling out',
  ship: 'concluded',
  conclude: 'concluded',
  archive: 'archived',
};

/**
 * What a decision changed, before and after, a line for each.
 *
 * @param state the experiment was in before; null where it is not known
 * @example changeLines({ action: 'pause', … }, 'running') // ['running → paused']
 */
export function changeLines({ action, evidence }: DecisionView, state: string | null): string[] {
  return [
    ...stateLine(stateAfter({ action, evidence }), state),
    ...coverageLine(evidence),
    ...weightLines(evidence),
    ...allocationLine(action, evidence),
    ...decidedLine(evidence),
    ...overrideLine(action, evidence),
    ...editLines(action, evidence),
    ...rampLines(evidence),
  ];
}

/** The state that an action leads to; null where it leaves the state as it is. */
export function stateAfter({ action, evidence }: Pick<DecisionView, 'action' | 'evidence'>): string | null {
  // What was concluded before a kill is concluded again.
  const told = action === 'resume' ? textIn(evidence, 'status') : null;
  return told ?? statesAfter[action] ?? null;
}

function stateLine(after: string | null, before: string | null): string[] {
  if (after === null || after === before) return [];
  return [before === null ? after : `${before} → ${after}`];
}

function coverageLine(evidence: Evidence): string[] {
  const [before, after] = [numberIn(evidence, 'before'), numberIn(evidence, 'coverage')];
  if (after === null) return [];
  const to = shareOf(after / 100);
  return [before === null ? `coverage ${to}` : `coverage ${shareOf(before / 100)} → ${to}`];
}

function weightLines(evidence: Evidence): string[] {
  const after = numbersIn(evidence, 'weightsAfter');
  if (!after) return [];
  const moves = weightMoves(numbersIn(evidence, 'weightsBefore'), after);
  const moved = moves.filter((move) => move.before === null || shareOf(move.before) !== shareOf(move.after));
  return (moved.length > 0 ? moved : moves).map(moveWords);
}

function allocationLine(action: string, evidence: Evidence): string[] {
  if (!action.startsWith('allocate')) return [];
  const [before, after] = [recordIn(evidence, 'before'), recordIn(evidence, 'after')];
  const [from, to] = [before && textIn(before, 'mode'), after && textIn(after, 'mode')];
  if (!to) return [];
  const reward = after && textIn(after, 'reward');
  const name = `${to}${reward ? `, raising ${metricNameOf(reward)}` : ''}`;
  return [from && from !== to ? `allocation ${from} → ${name}` : `allocation ${name}`];
}

function decidedLine(evidence: Evidence): string[] {
  const variant = textIn(evidence, 'decidedVariant');
  const winner = textIn(evidence, 'winner');
  const percent = numberIn(evidence, 'percent');
  return [
    ...(variant ? [`everyone is served ${variant}`] : []),
    ...(winner ? [`${winner}${percent === null ? '' : ` at ${shareOf(percent / 100)}`}`] : []),
  ];
}

function overrideLine(action: string, evidence: Evidence): string[] {
  if (action !== 'override guardrail') return [];
  const [metric, until] = [textIn(evidence, 'metric'), textIn(evidence, 'until')];
  const variant = textIn(evidence, 'variant') ?? 'every variant';
  return [
    `${metric ? metricNameOf(metric) : 'a guardrail'} takes no action on ${variant}${until ? ` until ${instantOf(until)}` : ''}`,
  ];
}

const edited: Readonly<Record<string, (value: unknown) => string>> = {
  name: (value) => `name: ${String(value)}`,
  description: () => 'description changed',
  admission: (value) => `admission ${String(value)}`,
  endsAt: (value) => (typeof value === 'string' ? `ends on ${instantOf(value)}` : 'no end'),
  ramp: (value) => `ramp of ${Array.isArray(value) ? value.length : 0} steps`,
  guardrails: (value) => `${Array.isArray(value) ? value.length : 0} guardrails`,
  budget: (value) => (value === null ? 'no budget' : 'budget changed'),
};

function editLines(action: string, evidence: Evidence): string[] {
  if (action !== 'edit' && action !== 'loosen guardrails') return [];
  const before = recordsIn(evidence, 'before').length;
  const loosened = textsIn(evidence, 'loosened');
  const lines = Object.entries(evidence).flatMap(([field, value]) => edited[field]?.(value) ?? []);
  return [
    ...lines,
    ...(loosened.length > 0
      ? [`weaker protection of ${loosened.map(metricNameOf).join(', ')}; ${before} guardrails before`]
      : []),
  ];
}

function rampLines(evidence: Evidence): string[] {
  const approved = numberIn(evidence, 'approvedCoverage');
  const left = numberIn(evidence, 'remaining') ?? numberIn(evidence, 'remainingHold');
  const next = textIn(evidence, 'nextStageAt');
  return [
    ...(approved === null ? [] : [`approved up to ${shareOf(approved / 100)}`]),
    ...(left === null ? [] : [`${spanWords(left)} left to the next step`]),
    ...(next ? [`next stage on ${instantOf(next)}`] : []),
  ];
}
