import type { Experiment } from '../experiments/experiment.js';
import type { RampStep } from '../experiments/schedule.js';
import type { DueChange } from './due-step.js';
import { untilNextStep, untilStepAfterRaise } from './ramp.js';

/** What an edit means for a ramp under way. */
export interface EditedRamp {
  readonly patch: Partial<Pick<Experiment, 'rampState'>>;
  readonly due: readonly DueChange[];
}

const untouched: EditedRamp = { patch: {}, due: [] };

/**
 * The clock of a started experiment's ramp after an edit.
 *
 * - A new ramp takes the place of the old one, ended or not, and nothing is approved of it yet; what is held stays held.
 * - A raise past some steps counts as having taken them now.
 */
export function editedRamp(
  seen: Experiment,
  { ramp, coverage = seen.coverage }: { readonly ramp?: readonly RampStep[]; readonly coverage?: number },
  now: Date,
): EditedRamp {
  const { startedAt, rampState, status } = seen;
  if (!startedAt || status === 'concluded' || (rampState?.aborted && !ramp)) return untouched;
  const wait = ramp
    ? untilNextStep(ramp, coverage, now.getTime() - startedAt.getTime())
    : untilStepAfterRaise(seen.ramp, seen.coverage, coverage);
  if (wait === undefined) return untouched;
  if (rampState?.held) {
    const approvedCoverage = ramp ? 0 : rampState.approvedCoverage;
    return { patch: { rampState: { ...rampState, approvedCoverage, remaining: wait } }, due: [] };
  }
  const patch = ramp ? { rampState: null } : {};
  if (wait === null) return { patch, due: [{ kind: 'ramp', at: null }] };
  const due: DueChange =
    status === 'running'
      ? { kind: 'ramp', at: new Date(now.getTime() + wait) }
      : { kind: 'ramp', remainingMilliseconds: wait };
  return { patch, due: [due] };
}
