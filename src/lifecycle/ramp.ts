import type { RampStep } from '../experiments/schedule.js';
import { durationMilliseconds } from '../operations/duration.js';

/** Coverage that a ramp begins with: that of its first steps, as far as they wait for nothing at all; 0 before its first step. */
export function firstCoverage(ramp: readonly RampStep[]): number {
  const waiting = ramp.findIndex((step) => !isUnconditional(step));
  return ramp.slice(0, waiting === -1 ? ramp.length : waiting).at(-1)?.coverage ?? 0;
}

/** The first step above that coverage, which is the one that lies ahead; undefined once the ramp is over. */
export function nextRampStep(ramp: readonly RampStep[], coverage: number): RampStep | undefined {
  return ramp.find((step) => step.coverage > coverage);
}

/**
 * Milliseconds until the next step of a ramp that has run that long, or null once it is over. Steps that are overdue come
 * at once.
 */
export function untilNextStep(
  ramp: readonly RampStep[],
  coverage: number,
  elapsedMilliseconds: number,
): number | null {
  const next = nextRampStep(ramp, coverage);
  return next ? Math.max(0, durationMilliseconds(next.after) - elapsedMilliseconds) : null;
}

/**
 * Milliseconds until the next step after a person has raised coverage past some; undefined where they passed none. The
 * steps they passed count as taken now, so that the next is watched for as long as the ramp says.
 */
export function untilStepAfterRaise(
  ramp: readonly RampStep[],
  before: number,
  coverage: number,
): number | null | undefined {
  const passed = ramp.findLast((step) => step.coverage > before && step.coverage <= coverage);
  return passed && untilNextStep(ramp, coverage, durationMilliseconds(passed.after));
}

function isUnconditional({ after, units, approval }: RampStep): boolean {
  return durationMilliseconds(after) === 0 && units === undefined && approval !== true;
}
