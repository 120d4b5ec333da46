import type { Experiment } from '../experiments/experiment.js';
import type { RampStep } from '../experiments/schedule.js';
import { durationMilliseconds } from '../operations/duration.js';

/** Milliseconds after which a step that waits for more than time is looked at again. */
export const rampPatience = 10_000;

/** A condition of a step, other than its time, that does not hold yet. */
export type RampWait =
  | { readonly condition: 'units'; readonly units: number; readonly needed: number }
  | { readonly condition: 'approval'; readonly coverage: number };

/** What a due ramp step comes to. */
export interface RampMove {
  /** Coverage to raise to; null = nothing to raise. */
  readonly coverage: number | null;
  /** Steps that this folds into one. */
  readonly steps: readonly RampStep[];
  /** When the next step is due; null = the ramp is over, or waits for more than time. */
  readonly nextDue: Date | null;
  /** What the first step waits for; empty where nothing but time is in its way. */
  readonly waits: readonly RampWait[];
}

/** The part of an experiment that its ramp is decided on. */
export type Ramped = Pick<Experiment, 'ramp' | 'rampState' | 'coverage' | 'startedAt'>;

/**
 * The ramp's step that was due at `dueAt`, with every later one that is overdue too.
 *
 * - Coverage only rises: steps at or below the present coverage have nothing left to do.
 * - A step is taken once all its conditions hold; no later one is taken before it.
 * - Later times count from `dueAt`, which has stood still with the experiment's clock and while a step waited for units or
 *   approval, not from the start. So each coverage is watched for as long as the ramp says.
 *
 * @param units exposed in the test so far
 * @example rampMove(experiment, dueAt, now, 0).coverage // 25
 */
export function rampMove(experiment: Ramped, dueAt: Date, now: Date, units: number): RampMove {
  const { ramp, coverage, startedAt } = experiment;
  const pending = ramp.filter((step) => step.coverage > coverage);
  const [first] = pending;
  if (!first) return { coverage: null, steps: [], nextDue: null, waits: [] };
  const later = (step: RampStep, than: number) =>
    new Date(dueAt.getTime() + durationMilliseconds(step.after) - than);
  // A pause only makes steps later. One due earlier than its time was overtaken by a person who raised coverage.
  const reached = dueAt.getTime() - (startedAt ?? dueAt).getTime();
  if (durationMilliseconds(first.after) > reached)
    return { coverage: null, steps: [], nextDue: later(first, reached), waits: [] };
  const origin = durationMilliseconds(first.after);
  const open = pending.findIndex(
    (step) => later(step, origin) > now || rampWaits(experiment, step, units).length > 0,
  );
  const steps = pending.slice(0, open === -1 ? pending.length : open);
  if (steps.length === 0)
    return { coverage: null, steps, nextDue: null, waits: rampWaits(experiment, first, units) };
  const next = pending[steps.length];
  return {
    coverage: steps.at(-1)?.coverage ?? null,
    steps,
    nextDue: next ? later(next, origin) : null,
    waits: [],
  };
}

/** What a step waits for besides its time. */
export function rampWaits({ rampState }: Ramped, step: RampStep, units: number): RampWait[] {
  const waits: RampWait[] = [];
  if (step.units !== undefined && units < step.units)
    waits.push({ condition: 'units', units, needed: step.units });
  if (step.approval === true && (rampState?.approvedCoverage ?? 0) < step.coverage)
    waits.push({ condition: 'approval', coverage: step.coverage });
  return waits;
}
