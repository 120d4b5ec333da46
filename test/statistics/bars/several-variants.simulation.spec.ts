import { adjustPValues } from '../../../src/statistics/adjust-p-values.js';
import { compareEstimates, type Comparison } from '../../../src/statistics/difference.js';
import { dunnettCriticalValue } from '../../../src/statistics/dunnett.js';
import { unitMean } from '../../../src/statistics/welch.js';
import { bar } from './bar.js';
import { share } from './figure.js';
import { normalMoments } from './unit-data.js';

const alpha = 0.05;
const units = 250;

describe('three treatments and one control', () => {
  bar('19', 'any treatment called different although all are alike, 250 users per variant', (run) => {
    const design = { control: units, treatments: [units, units, units], degreesOfFreedom: 4 * (units - 1) };
    const bound = dunnettCriticalValue(design, alpha);
    const found = { uncorrected: 0, dunnett: 0, holm: 0 };
    let count = 0;
    for (const draws of run.times(400_000)) {
      const control = unitMean(normalMoments(draws, units));
      const comparisons = [0, 1, 2].map(() =>
        compareEstimates(control, unitMean(normalMoments(draws, units)), alpha),
      );
      const pValues = comparisons.map(({ pValue }: Comparison & { pValue?: number }) => pValue ?? 1);
      const beyond = comparisons.some(
        (each) => each.status === 'ok' && Math.abs(each.difference) >= bound * each.standardError,
      );
      count += 1;
      found.uncorrected += pValues.some((p) => p < alpha) ? 1 : 0;
      found.dunnett += beyond ? 1 : 0;
      found.holm += adjustPValues(pValues, 'holm').some((p) => p < alpha) ? 1 : 0;
    }
    return [
      { name: 'each by itself (naive)', figure: share(found.uncorrected, count) },
      { name: 'Dunnett', figure: share(found.dunnett, count), atMost: 0.055 },
      { name: 'Holm', figure: share(found.holm, count), atMost: 0.055 },
    ];
  });
});
