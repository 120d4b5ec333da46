import type { Fault } from '../operations/assay-error.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { RampStep } from './schedule.js';

/**
 * What makes a ramp impossible: times that go back, coverage that falls or passes its bound, units that nobody can be.
 *
 * @param highest percentage of units that the experiment lets in at most
 * @example rampFaults([{ after: 'P2D', coverage: 10 }, { after: 'P1D', coverage: 50 }], 100)[0].pointer // '/ramp/1/after'
 */
export function rampFaults(ramp: readonly RampStep[], highest: number): Fault[] {
  return ramp.flatMap((step, index) => stepFaults(ramp, step, index, highest));
}

function stepFaults(ramp: readonly RampStep[], step: RampStep, index: number, highest: number): Fault[] {
  const before = ramp[index - 1];
  const faults: Fault[] = [];
  const fault = (field: string, message: string) =>
    faults.push({ pointer: `/ramp/${index}/${field}`, message });
  if (before && comesTooEarly(step, before))
    fault('after', `"${step.after}" is not later than "${before.after}"`);
  if (before && step.coverage < before.coverage)
    fault('coverage', `coverage only rises; ${step.coverage} is below ${before.coverage}`);
  if (step.coverage > highest)
    fault('coverage', `${step.coverage} is above the experiment's coverage ${highest}`);
  if (step.units !== undefined && (before?.coverage ?? 0) === 0)
    fault('units', `nobody is let in before this step, so ${step.units} units never come`);
  return faults;
}

/** A step that waits for more than time may be due together with the one before. */
function comesTooEarly(step: RampStep, before: RampStep): boolean {
  const wait = durationMilliseconds(step.after) - durationMilliseconds(before.after);
  return step.units !== undefined || step.approval === true ? wait < 0 : wait <= 0;
}
