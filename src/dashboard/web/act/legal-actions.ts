import type { ExperimentView } from '../api/contract.js';
import { actions, type Action } from './action.js';
import { rampStanding } from './ramp-standing.js';

type Status = ExperimentView['status'];
/** What decides which actions are legal. */
export type Standing = Pick<
  ExperimentView,
  'status' | 'allocation' | 'rollout' | 'ramp' | 'rampState' | 'coverage'
>;

/** An action, and why it is not to be had now; null when it is. */
export interface Offer {
  readonly action: Action;
  readonly refusal: string | null;
}

/** The states in which each is legal, of those that the state alone decides. */
const legalIn: Partial<Record<Action, readonly Status[]>> = {
  start: ['draft', 'scheduled'],
  resume: ['paused', 'killed'],
  pause: ['running'],
  'set allocation': ['draft', 'running', 'paused'],
  reallocate: ['running'],
  'roll out': ['running', 'paused', 'concluded'],
  'pause rollout': ['rolling-out'],
  'resume rollout': ['rolling-out'],
  'abort rollout': ['rolling-out'],
  'approve ramp': ['running', 'paused'],
  'hold ramp': ['running', 'paused'],
  'resume ramp': ['running', 'paused'],
  'abort ramp': ['running', 'paused'],
  conclude: ['running', 'paused'],
  archive: ['concluded', 'killed', 'imported'],
  delete: ['draft'],
  kill: ['running', 'paused', 'rolling-out', 'concluded'],
};

/**
 * Every action with the reason why it is not legal, in the order of the page.
 *
 * @example offers(experiment).filter(({ refusal }) => refusal === null)
 */
export function offers(standing: Standing): Offer[] {
  return actions.map((action) => ({ action, refusal: refusalOf(standing, action) }));
}

/** Why the action is not legal now; null when it is. */
export function refusalOf(standing: Standing, action: Action): string | null {
  const states = legalIn[action];
  if (states && !states.includes(standing.status))
    return `It is ${standing.status}; this works while it is ${either(states)}.`;
  return furtherRefusal(standing, action);
}

function furtherRefusal(standing: Standing, action: Action): string | null {
  const { allocation, rollout } = standing;
  if (action === 'reallocate' && allocation.mode === 'fixed')
    return 'Its weights are fixed; only a bandit reallocates.';
  if (action === 'pause rollout' && rollout?.paused) return 'Its rollout is paused already.';
  if (action === 'resume rollout' && !rollout?.paused) return 'Its rollout is under way.';
  return action.endsWith('ramp') ? rampRefusal(standing, action) : null;
}

function rampRefusal(standing: Standing, action: Action): string | null {
  const state = rampStanding(standing);
  if (state === 'none') return 'It has no ramp.';
  if (state === 'over') return 'Its ramp is over.';
  if (state === 'aborted') return 'Its ramp was aborted.';
  if (action === 'hold ramp' && state === 'held') return 'Its ramp is held already.';
  if (action === 'resume ramp' && state !== 'held') return 'Its ramp is not held.';
  if (action === 'approve ramp' && stepsToApprove(standing).length === 0)
    return 'No step of its ramp waits for approval.';
  return null;
}

/** Coverage of each step that a person has yet to approve. */
export function stepsToApprove({
  ramp,
  rampState,
  coverage,
}: Pick<Standing, 'ramp' | 'rampState' | 'coverage'>): number[] {
  const passed = Math.max(coverage, rampState?.approvedCoverage ?? 0);
  return ramp.filter((step) => step.approval === true && step.coverage > passed).map((step) => step.coverage);
}

/** The few that a state calls for; the others are a step away. */
export function foremost(standing: Standing): Action[] {
  const wanted: readonly Action[] = [
    'start',
    'resume',
    'approve ramp',
    'resume rollout',
    'pause rollout',
    'abort rollout',
    'pause',
    'roll out',
    'archive',
  ];
  const legal = wanted.filter((action) => refusalOf(standing, action) === null);
  return legal.slice(0, 2);
}

/** @example either(['running', 'paused']) // 'running or paused' */
function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
