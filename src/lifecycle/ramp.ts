import type { RampStep } from '../experiments/schedule.js';
import { durationMilliseconds } from '../operations/duration.js';

/** Coverage that a ramp has reached once it has run that long; 0 before its first step. */
export function coverageAfter(ramp: readonly RampStep[], elapsedMilliseconds: number): number {
  const passed = ramp.filter((step) => durationMilliseconds(step.after) <= elapsedMilliseconds);
  return passed.at(-1)?.coverage ?? 0;
}

/** The first step that lies ahead after that long, or undefined once the ramp is over. */
export function nextRampStep(ramp: readonly RampStep[], elapsedMilliseconds: number): RampStep | undefined {
  return ramp.find((step) => durationMilliseconds(step.after) > elapsedMilliseconds);
}
