import { correctForNumber } from '../../../src/analysis/comparison/correct-for-number.js';
import { metricReport } from '../../../src/analysis/comparison/metric-report.js';
import type { MetricRole } from '../../../src/analysis/measurement/metric-data.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import { dataWith, metricWith, totalsWith } from '../metric-fixtures.js';

// One look: z = 0.09 / √(2 / 1000) = 2.01, p = 0.0443; not enough under repeated looks.
function metric(key: string, role: MetricRole, effect = 0.09) {
  const variants = [totalsWith('control', 1_000, 3, 1), totalsWith('treatment', 1_000, 3 + effect, 1)];
  return metricReport(dataWith(variants, metricWith({ key }), role), experimentWith()).report;
}

describe('the correction for several comparisons', () => {
  it('is strict among primaries and absent among guardrails', () => {
    const [a, b, guardrail] = correctForNumber(
      [metric('a', 'primary'), metric('b', 'primary'), metric('c', 'guardrail')],
      experimentWith(),
    ).map(({ comparisons }) => comparisons[0]);
    expect(a?.adjustedPValue).toBeCloseTo(2 * (a?.pValue ?? 0), 12);
    expect(b?.adjustedPValue).toBeCloseTo(2 * (b?.pValue ?? 0), 12);
    expect(guardrail?.adjustedPValue).toBe(guardrail?.pValue);
  });

  it('is by the rate of false finds among secondaries', () => {
    const [a, b] = correctForNumber(
      [metric('a', 'secondary'), metric('b', 'secondary')],
      experimentWith(),
    ).map(({ comparisons }) => comparisons[0]);
    expect([a?.adjustedPValue, b?.adjustedPValue]).toEqual([a?.pValue, b?.pValue]);
  });

  it('calls a live experiment significant under repeated looks only, an imported one at its one look', () => {
    const significant = (source: 'live' | 'imported', effect: number) =>
      correctForNumber([metric('a', 'primary', effect)], experimentWith({ source }))[0]?.comparisons[0]
        ?.significant;
    expect(significant('live', 0.09)).toBe(false);
    expect(significant('imported', 0.09)).toBe(true);
    expect(significant('live', 0.2)).toBe(true);
    expect(significant('imported', 0.01)).toBe(false);
  });
});
