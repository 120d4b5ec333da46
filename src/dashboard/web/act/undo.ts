import type { ExperimentView } from '../api/contract.js';
import type { Action } from './action.js';
import type { ActionRequest } from './action-request.js';

/** How to take back what was just done. */
export interface Undo {
  /** What it does: `Resume`. */
  readonly name: string;
  /** That is done again first. */
  readonly action: Action;
  /** In this order; the first is bound to the version that the action left. */
  readonly requests: readonly [ActionRequest, ...ActionRequest[]];
  /** What the further ones do, in a sentence; null where there are none. */
  readonly then: string | null;
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
  pause: (before) => undo('Resume', 'resume', [post(before, 'resume')]),
  resume: (before) =>
    before.status === 'paused' ? undo('Pause again', 'pause', [post(before, 'pause')]) : null,
  'set allocation': (before) => weightsOfBefore(before),
  reallocate: (before) => weightsOfBefore(before),
  'roll out': (before, after) => {
    // What a rollout begins from is left behind by its abort only where that was the test.
    if (after.status !== 'rolling-out' || before.status === 'concluded') return null;
    const abort = post(before, 'rollout/abort');
    return before.status === 'running'
      ? undo('Abort rollout', 'abort rollout', [abort, post(before, 'resume')], 'Then it is resumed at once.')
      : undo('Abort rollout', 'abort rollout', [abort]);
  },
  'pause rollout': (before) => undo('Resume rollout', 'resume rollout', [post(before, 'rollout/resume')]),
  'resume rollout': (before) => undo('Pause rollout', 'pause rollout', [post(before, 'rollout/pause')]),
  'hold ramp': (before) => undo('Resume ramp', 'resume ramp', [post(before, 'ramp/resume')]),
  'resume ramp': (before) => undo('Hold ramp', 'hold ramp', [post(before, 'ramp/hold')]),
};

function undo(name: string, action: Action, requests: Undo['requests'], then: string | null = null): Undo {
  return { name, action, requests, then };
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
  const [name, fixed] = ['Weights of before', put({ mode: 'fixed', weights })];
  if (allocation.mode === 'fixed') return undo(name, 'set allocation', [fixed]);
  return undo(
    name,
    'set allocation',
    [fixed, put(allocation)],
    'Then the bandit of before goes on from these weights.',
  );
}
