import type { ExperimentView } from '../api/contract.js';
import type { Action } from './action.js';
import type { ActionRequest } from './action-request.js';

/** How to take back what was just done. */
export interface Undo {
  /** What it does: `Resume`. */
  readonly name: string;
  /** That is done again first. */
  readonly action: Action;
  /** Bound to the version that the action left. */
  readonly request: ActionRequest;
  /** What is done at once after it, and that in a sentence; null where that is all. */
  readonly then: { readonly undo: Undo; readonly words: string } | null;
}

/**
 * What takes the action back; null where nothing does.
 *
 * @param before as the page showed it when it was done
 */
export function undoOf(action: Action, before: ExperimentView, after: ExperimentView): Undo | null {
  return undoing[action]?.(before, after) ?? null;
}

const undoing: Partial<Record<Action, (before: ExperimentView, after: ExperimentView) => Undo | null>> = {
  pause: resumed,
  resume: (before) =>
    before.status === 'paused' ? undo('Pause again', 'pause', post(before, 'pause')) : null,
  'set allocation': (before) => weightsOfBefore(before),
  reallocate: (before) => weightsOfBefore(before),
  'roll out': (before, after) => {
    // What a rollout begins from is left behind by its abort only where that was the test.
    if (after.status !== 'rolling-out' || before.status === 'concluded') return null;
    const abort = post(before, 'rollout/abort');
    const words = 'Then it is resumed at once.';
    const then = before.status === 'running' ? { undo: resumed(before), words } : null;
    return undo('Abort rollout', 'abort rollout', abort, then);
  },
  'pause rollout': (before) => undo('Resume rollout', 'resume rollout', post(before, 'rollout/resume')),
  'resume rollout': (before) => undo('Pause rollout', 'pause rollout', post(before, 'rollout/pause')),
  'hold ramp': (before) => undo('Resume ramp', 'resume ramp', post(before, 'ramp/resume')),
  'resume ramp': (before) => undo('Hold ramp', 'hold ramp', post(before, 'ramp/hold')),
};

function undo(name: string, action: Action, request: ActionRequest, then: Undo['then'] = null): Undo {
  return { name, action, request, then };
}

function resumed(before: ExperimentView): Undo {
  return undo('Resume', 'resume', post(before, 'resume'));
}

function post({ key }: ExperimentView, place: string): ActionRequest {
  return {
    method: 'POST',
    path: `v1/experiments/${encodeURIComponent(key)}/${place}`,
    body: { reason: 'undo' },
  };
}

/** Weights are set first; a bandit goes on from them. */
function weightsOfBefore({ key, allocation, variants, currentEpoch }: ExperimentView): Undo {
  const weights =
    currentEpoch?.weights ?? Object.fromEntries(variants.map(({ key, weight }) => [key, weight]));
  const path = `v1/experiments/${encodeURIComponent(key)}/allocation`;
  const put = (body: unknown): ActionRequest => ({ method: 'PUT', path, body });
  const bandit = undo('Bandit of before', 'set allocation', put(allocation));
  const words = 'Then the bandit of before goes on from these weights.';
  const then = allocation.mode === 'fixed' ? null : { undo: bandit, words };
  return undo('Weights of before', 'set allocation', put({ mode: 'fixed', weights }), then);
}
