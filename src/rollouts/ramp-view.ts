import type { Experiment } from '../experiments/experiment.js';
import type { RampStep } from '../experiments/schedule.js';
import type { Obstacle } from './obstacle.js';
import { rampPatience, rampWaits, type RampWait } from './ramp-step.js';

/** Where a ramp stands. */
export type RampStanding = 'none' | 'not-started' | 'running' | 'paused' | 'held' | 'aborted' | 'over';

/** A ramp as people look at it. */
export interface RampView {
  readonly experiment: string;
  readonly state: RampStanding;
  readonly coverage: number;
  /** The step that comes next; null where none does. */
  readonly next: RampStep | null;
  /** RFC 3339 instant at which its time has come; null while the clock stands still. */
  readonly dueAt: string | null;
  /** Milliseconds of its time that are left; null where none is awaited. */
  readonly remainingMilliseconds: number | null;
  /** Whatever the next step waits for, its time included. */
  readonly waitsFor: readonly (RampWait | { readonly condition: 'time' } | ObstacleView)[];
}

type ObstacleView = { readonly condition: 'obstacle' } & Obstacle;

/** What a view of a ramp is made from. */
export interface RampSources {
  readonly dueAt: Date | null;
  /** What is left of a clock that stands still. */
  readonly remainingMilliseconds: number | null;
  readonly units: number;
  readonly obstacles: readonly Obstacle[];
  readonly now: Date;
}

/** What comes next in a ramp, and what it waits for. */
export function rampView(experiment: Experiment, sources: RampSources): RampView {
  const state = standing(experiment);
  const { key, coverage, ramp, rampState } = experiment;
  const lies = state !== 'aborted' && state !== 'none' && state !== 'over';
  const next = lies ? (ramp.find((step) => step.coverage > coverage) ?? null) : null;
  const view = { experiment: key, state, coverage, next };
  if (!next || state === 'not-started')
    return { ...view, dueAt: null, remainingMilliseconds: null, waitsFor: [] };
  const { dueAt, units, obstacles, now } = sources;
  const left = dueAt ? Math.max(0, dueAt.getTime() - now.getTime()) : sources.remainingMilliseconds;
  const remainingMilliseconds = rampState?.held ? rampState.remaining : left;
  const others = [
    ...rampWaits(experiment, next, units),
    ...obstacles.map((obstacle) => ({ condition: 'obstacle', ...obstacle }) as const),
  ];
  // A step whose time has come is looked at again soon; that is not a time it waits for.
  const least = others.length > 0 ? rampPatience : 0;
  return {
    ...view,
    dueAt: dueAt?.toISOString() ?? null,
    remainingMilliseconds,
    waitsFor: [...((remainingMilliseconds ?? 0) > least ? [{ condition: 'time' } as const] : []), ...others],
  };
}

/** Where the ramp of an experiment stands. */
export function standing({ status, ramp, rampState, coverage }: Experiment): RampStanding {
  if (ramp.length === 0) return 'none';
  if (status === 'draft' || status === 'scheduled') return 'not-started';
  if (rampState?.aborted) return 'aborted';
  const isOver = !ramp.some((step) => step.coverage > coverage);
  if (isOver || status === 'concluded' || status === 'archived' || status === 'imported') return 'over';
  if (rampState?.held) return 'held';
  return status === 'running' ? 'running' : 'paused';
}
