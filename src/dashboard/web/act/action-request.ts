import type { Method } from '../api/request.js';
import type { ExperimentView } from '../api/contract.js';
import type { Action } from './action.js';
import { attributesIn, numberOf, type Wish } from './wish.js';

/** What is sent to the server to get something done. */
export interface ActionRequest {
  readonly method: Method;
  /** Relative to the page. */
  readonly path: string;
  readonly body?: unknown;
}

const places: Partial<Record<Action, string>> = {
  'set allocation': 'allocation',
  'roll out': 'rollout',
  'pause rollout': 'rollout/pause',
  'resume rollout': 'rollout/resume',
  'abort rollout': 'rollout/abort',
  'approve ramp': 'ramp/approve',
  'hold ramp': 'ramp/hold',
  'resume ramp': 'ramp/resume',
  'abort ramp': 'ramp/abort',
};

/**
 * The request of an action.
 *
 * @example requestOf('pause', experiment, wish) // { method: 'POST', path: 'v1/experiments/exp_1/pause', body: { reason: '' } }
 */
export function requestOf(action: Action, experiment: ExperimentView, wish: Wish): ActionRequest {
  const base = `v1/experiments/${encodeURIComponent(experiment.key)}`;
  if (action === 'delete') return { method: 'DELETE', path: base };
  const body = bodies[action]?.(wish, experiment) ?? { reason: wish.reason };
  const method = action === 'set allocation' ? 'PUT' : 'POST';
  return { method, path: `${base}/${places[action] ?? action}`, body };
}

const bodies: Partial<Record<Action, (wish: Wish, experiment: ExperimentView) => unknown>> = {
  start: () => ({}),
  reallocate: () => ({}),
  'set allocation': (wish, experiment) => allocationOf(experiment, wish),
  'roll out': (wish) => ({ winner: wish.variant, remainder: wish.remainder, stages: stagesOf(wish) }),
  conclude: ({ variant, reason }) => ({ variant, reason }),
  clone: ({ cloneKey }) => (cloneKey.trim() === '' ? {} : { key: cloneKey.trim() }),
  'approve ramp': ({ step, reason }) => ({ coverage: Number(step), reason }),
};

function allocationOf({ allocation }: ExperimentView, wish: Wish): unknown {
  if (wish.mode === 'fixed')
    return {
      mode: 'fixed',
      weights: Object.fromEntries(Object.entries(wish.weights).map(([key, text]) => [key, numberOf(text)])),
    };
  const floor = numberOf(wish.floor);
  const before = allocation.mode === 'bandit' ? allocation : null;
  return {
    ...before,
    mode: 'bandit',
    reward: wish.reward === '' && before ? before.reward : wish.reward,
    floor: typeof floor === 'number' ? Number((floor / 100).toPrecision(12)) : floor,
    every: wish.every.trim(),
    segments: segmentsOf(wish),
  };
}

function segmentsOf({ segments }: Wish): unknown {
  const attributes = attributesIn(segments.attributes);
  if (attributes.length === 0) return undefined;
  const chosen = (text: string) => (text.trim() === '' ? undefined : numberOf(text));
  return {
    attributes,
    minimumUnits: chosen(segments.minimumUnits),
    maximumLeaves: chosen(segments.maximumLeaves),
  };
}

function stagesOf({ stages }: Wish): unknown[] {
  return stages.map(({ percent, hold }) => ({
    percent: numberOf(percent),
    ...(hold.trim() === '' ? {} : { hold: hold.trim() }),
  }));
}
