import type { Fault } from '../operations/assay-error.js';
import { pointerTo } from '../operations/problem/input-inspection.js';
import { ruleFaults } from '../targeting/rule-faults.js';
import type { Experiment } from './experiment.js';

/** Why a definition cannot tell who is let in: rules that nobody can read, units forced into variants that are not there. */
export function admissionFaults({
  targeting,
  forced,
  variants,
}: Pick<Experiment, 'targeting' | 'forced' | 'variants'>): Fault[] {
  return [
    ...(targeting ? ruleFaults(targeting, '/targeting') : []),
    ...forcedFaults(
      forced,
      variants.map(({ key }) => key),
    ),
  ];
}

/** The units that are forced into what is no variant. */
export function forcedFaults(forced: Experiment['forced'], variants: readonly string[]): Fault[] {
  return Object.entries(forced)
    .filter(([, variant]) => !variants.includes(variant))
    .map(([unit, variant]) => ({
      pointer: pointerTo('/forced', unit),
      message: `"${variant}" is not a variant; the variants are ${variants.join(', ')}`,
    }));
}
