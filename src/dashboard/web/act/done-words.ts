import { visible } from '../format/visible.js';
import type { ExperimentView } from '../api/contract.js';
import type { Action } from './action.js';
import { changesOf } from './changes.js';

const done: Readonly<Record<Action, string>> = {
  start: 'Started',
  resume: 'Resumed',
  pause: 'Paused',
  'set allocation': 'Weights changed',
  reallocate: 'Reallocated',
  'roll out': 'Rollout begun',
  'pause rollout': 'Rollout paused',
  'resume rollout': 'Rollout resumed',
  'abort rollout': 'Rollout aborted',
  'approve ramp': 'Ramp step approved',
  'hold ramp': 'Ramp held',
  'resume ramp': 'Ramp resumed',
  'abort ramp': 'Ramp aborted',
  conclude: 'Concluded',
  archive: 'Archived',
  clone: 'Cloned',
  delete: 'Deleted',
  kill: 'Killed',
};

/**
 * What was done, and what it changed, in a sentence or two.
 *
 * @example doneWords('pause', running, paused) // 'Paused "Greeting". State: running → paused.'
 */
export function doneWords(action: Action, before: ExperimentView, after: ExperimentView | null): string {
  const head = `${done[action]} "${visible(before.name)}"`;
  if (!after) return `${head}.`;
  if (action === 'clone') return `${head} as ${after.key}.`;
  const changes = changesOf(before, after).map(
    ({ what, before: was, after: is }) => `${what}: ${was} → ${is}`,
  );
  return changes.length === 0 ? `${head}. Nothing changed by it.` : `${head}. ${changes.join('. ')}.`;
}
