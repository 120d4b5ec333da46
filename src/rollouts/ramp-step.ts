import type { Experiment } from '../experiments/experiment.js';
import type { RampStep } from '../experiments/schedule.js';
import { durationMilliseconds } from '../operations/duration.js';

/** What a due ramp step comes to. */
export interface RampMove {
  /** Coverage to raise to; null = nothing to raise. */
  readonly coverage: number | null;
  /** Steps that this folds into one. */
  readonly steps: readonly RampStep[];
  /** When the next step is due; null = the ramp is over. */
  readonly nextDue: Date | null;
}

/**
 * The ramp's step that was due at `dueAt`, with every later one that is overdue too.
 *
 * - Coverage only rises: steps at or below the present coverage have nothing left to do.
 * - Later times count from `dueAt`, which has stood still with the experiment's clock, not from the start.
 *
 * @example rampMove(experiment, dueAt, now).coverage // 25
 */
export function rampMove({ ramp, coverage, startedAt }: Experiment, dueAt: Date, now: Date): RampMove {
  const pending = ramp.filter((step) => step.coverage > coverage);
  const [first] = pending;
  if (!first) return { coverage: null, steps: [], nextDue: null };
  const later = (step: RampStep, than: number) =>
    new Date(dueAt.getTime() + durationMilliseconds(step.after) - than);
  // A pause only makes steps later. One due earlier than its time was overtaken by a person who raised coverage.
  const reached = dueAt.getTime() - (startedAt ?? dueAt).getTime();
  if (durationMilliseconds(first.after) > reached)
    return { coverage: null, steps: [], nextDue: later(first, reached) };
  const origin = durationMilliseconds(first.after);
  const steps = pending.filter((step) => later(step, origin) <= now);
  const next = pending[steps.length];
  return { coverage: steps.at(-1)?.coverage ?? null, steps, nextDue: next ? later(next, origin) : null };
}
