import type { ExperimentView } from '../api/contract.js';
import type { Action } from './action.js';
import type { ActionRequest } from './action-request.js';

/** How to take back what was just done. */
export interface Undo {
  /** What it does: `Resume`. */
  readonly name: string;
  /** In this order; the first is bound to the version that the action left. */
  readonly requests: readonly ActionRequest[];
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
  pause: (before) => undo('Resume', post(before, 'resume')),
  resume: (before) => (before.status === 'paused' ? undo('Pause again', post(before, 'pause')) : null),
  'set allocation': (before) => undo('Weights of before', ...formerAllocation(before)),
  reallocate: (before) => undo('Weights of before', ...formerAllocation(before)),
  'roll out': (before, after) => {
    // What a rollout begins from is left behind by its abort only where that was the test.
    if (after.status !== 'rolling-out' || before.status === 'concluded') return null;
    const resumed = before.status === 'running' ? [post(before, 'resume')] : [];
    return undo('Abort rollout', post(before, 'rollout/abort'), ...resumed);
  },
  'pause rollout': (before) => undo('Resume rollout', post(before, 'rollout/resume')),
  'resume rollout': (before) => undo('Pause rollout', post(before, 'rollout/pause')),
  'hold ramp': (before) => undo('Resume ramp', post(before, 'ramp/resume')),
  'resume ramp': (before) => undo('Hold ramp', post(before, 'ramp/hold')),
};

function undo(name: string, ...requests: ActionRequest[]): Undo {
  return { name, requests };
}

function post({ key }: ExperimentView, place: string): ActionRequest {
  return {
    method: 'POST',
    path: `v1/experiments/${encodeURIComponent(key)}/${place}`,
    body: { reason: 'undo' },
  };
}

/** Weights are set first; a bandit goes on from them. */
function formerAllocation({ key, allocation, variants, currentEpoch }: ExperimentView): ActionRequest[] {
  const weights =
    currentEpoch?.weights ?? Object.fromEntries(variants.map(({ key, weight }) => [key, weight]));
  const path = `v1/experiments/${encodeURIComponent(key)}/allocation`;
  const put = (body: unknown): ActionRequest => ({ method: 'PUT', path, body });
  return [put({ mode: 'fixed', weights }), ...(allocation.mode === 'bandit' ? [put(allocation)] : [])];
}
