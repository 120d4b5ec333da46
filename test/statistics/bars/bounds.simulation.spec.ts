import { groupSequentialBounds } from '../../../src/statistics/group-sequential.js';
import type { Spending } from '../../../src/statistics/spending.js';
import { sequentialKinds } from '../kinds/sequential.js';
import { disagreements, referenceCases } from '../reference-cases.js';
import { bar } from './bar.js';
import { exact, share } from './figure.js';

/** Of the recursion by Simpson's rule on 2 001 and on 4 001 nodes in numpy, which agree to 1e-9. */
const elsewhere = {
  /** 56 even looks, O'Brien–Fleming spending, α 0.05, two sides: look → critical value. */
  eightWeeks: [
    [7, 6.2338309],
    [14, 4.3683812],
    [28, 3.0731324],
    [42, 2.505022771],
    [56, 2.167644562],
  ],
  /** The first two looks of a plan whose second bound another implementation gives as 8. */
  early: {
    informationFractions: [0.0016169976338740648, 0.0057857955498163615],
    alpha: 1 / 300,
    second: 5.3215025,
  },
} as const;

function criticalValues(informationFractions: readonly number[], alpha: number, spending: Spending) {
  return groupSequentialBounds({ informationFractions, alpha, sides: 2, spending }).criticalValues;
}

const daily = Array.from({ length: 56 }, (_, look) => (look + 1) / 56);

/** How many critical values miss those of the reference cases, and by more than 2e-4. */
function missedReferences(): number {
  return referenceCases('group_sequential').reduce((missed, reference) => {
    const answer = sequentialKinds[reference.kind]?.(reference.inputs as never);
    const { critical_values } = reference.expected;
    const beyond = (reference.tolerance as { ignore_above?: number } | null)?.ignore_above ?? Infinity;
    const tolerance = { abs: 2e-4, ignore_above: beyond };
    return missed + disagreements(answer, { ...reference, expected: { critical_values }, tolerance }).length;
  }, 0);
}

describe('group sequential bounds', () => {
  bar('24', 'many looks and tiny first fractions', (run) => {
    const bounds = criticalValues(daily, 0.05, { kind: 'obrien-fleming' });
    const { informationFractions, alpha, second } = elsewhere.early;
    const early = criticalValues(informationFractions, alpha, { kind: 'power', exponent: 2 });
    const distances = elsewhere.eightWeeks.map(([look, value]) =>
      Math.abs((bounds[look - 1] ?? NaN) - value),
    );
    let [crossed, count] = [0, 0];
    for (const draws of run.times(100_000)) {
      let score = 0;
      const crosses = daily.some((fraction, look) => {
        score += draws.normal() / Math.sqrt(56);
        return Math.abs(score) >= (bounds[look] ?? NaN) * Math.sqrt(fraction);
      });
      crossed += crosses ? 1 : 0;
      count += 1;
    }
    const near = { unit: 'number', atMost: 2e-4 } as const;
    return [
      {
        name: 'reference cases missed by more than 2e-4',
        figure: exact(missedReferences(), referenceCases('group_sequential').length),
        unit: 'number',
        atMost: 0,
      },
      { name: '56 looks: largest distance', figure: exact(Math.max(...distances)), ...near },
      {
        name: 'looks at 0.0016 and 0.0058, α 1/300: distance of the second',
        figure: exact(Math.abs((early[1] ?? NaN) - second)),
        ...near,
      },
      { name: '56 looks: false alarms', figure: share(crossed, count), atLeast: 0.05, atMost: 0.05 },
    ];
  });
});
