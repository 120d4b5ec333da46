import { assembleReport } from '../../../src/analysis/report.js';
import { provenEffect } from '../../../src/analysis/recommendation/effect.js';
import { standingOf } from '../../../src/analysis/recommendation/standing.js';
import type { Experiment } from '../../../src/experiments/experiment.js';
import { dataWith, metricWith } from '../metric-fixtures.js';
import { cost, pair, planned, rating, sourcesOf, type Figures } from '../report-fixtures.js';

const error = metricWith({ key: 'error', category: 'reliability', direction: 'decrease' });

/** A treatment that is clearly better, with these error rates as a guardrail. */
function withErrors(control: Figures, treatment: Figures, guardrails: Experiment['guardrails'] = []) {
  const experiment = planned({}, {}, { guardrails });
  const ratings = dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), rating);
  return assembleReport(
    sourcesOf(experiment, [ratings, dataWith(pair(control, treatment), error, 'guardrail')]),
  ).recommendation;
}

describe('a variant against its guardrails', () => {
  const below = [{ metric: 'error', above: 0.1, action: 'pause' as const }];

  it('is shipped once its figure is shown to lie within the bound, and waits until then', () => {
    const rate = (share: number): Figures => [1_000, share, share * (1 - share)];
    // 0.08 ± 1.962 × 0.0086 ends below 0.1, 0.09 ± 1.962 × 0.0091 does not.
    expect(withErrors(rate(0.08), rate(0.08), below).action).toBe('SHIP');
    const open = withErrors(rate(0.09), rate(0.09), below);
    expect(open).toMatchObject({
      action: 'CONTINUE',
      reason: expect.stringContaining('not been shown to hold'),
    });
    expect(open.evidence.join()).toContain('reaches over the guardrail 0.1');
    expect(withErrors(rate(0.09), rate(0.11), below).reason).toContain('a guardrail is crossed');
  });

  it('is withheld when it is worse than the control although the bound holds', () => {
    const worse = withErrors([1_000, 0.01, 0.01], [1_000, 0.06, 0.05], below);
    expect(worse).toMatchObject({
      action: 'KEEP_CONTROL',
      reason: expect.stringContaining('guardrail is crossed'),
    });
    expect(worse.evidence.join()).toContain('error: worse with treatment than with control by 0.05');
  });
});

describe('a cheaper variant', () => {
  it('comes with the money it saves per 1,000 requests and the interval of that', () => {
    const experiment = planned({ margin: 0.2 });
    const recommendation = assembleReport(
      sourcesOf(experiment, [
        dataWith(pair([1_000, 3, 1], [1_000, 3, 1]), rating),
        dataWith(pair([1_000, 0.01, 1e-6], [1_000, 0.006, 1e-6]), cost, 'secondary'),
      ]),
    ).recommendation;
    expect(recommendation.action).toBe('SHIP_CHEAPER');
    const { saving } = recommendation;
    expect(saving).toMatchObject({ metric: 'cost_usd', perThousand: expect.closeTo(4, 9) });
    // 1000 × (0.004 ± se × mixture threshold), se = √(2e-9): the bounds lie around 4 and exclude 0.
    const [low, high] = saving?.interval ?? [NaN, NaN];
    expect((low + high) / 2).toBeCloseTo(4, 9);
    expect(high - low).toBeGreaterThan(2 * 1.96 * 1000 * Math.sqrt(2e-9));
    expect(low).toBeGreaterThan(3.8);
  });

  it('says nothing of money where that is not the point', () => {
    expect(withErrors([1_000, 0.01, 0.01], [1_000, 0.01, 0.01]).saving).toBeNull();
  });
});

describe('where no method under repeated looks applies', () => {
  const report = (units: number) =>
    assembleReport(sourcesOf(planned(), [dataWith(pair([units, 3, 1], [units, 4, 1]), rating)]));
  const without = (units: number) =>
    report(units).metrics.map((metric) => ({
      ...metric,
      comparisons: metric.comparisons.map((comparison) => ({ ...comparison, sequential: null })),
    }));

  it('nothing ships before twice the planned units', () => {
    // 500 planned units per variant where the plan names none.
    expect(standingOf(planned(), without(999), 'treatment').kind).toBe('open');
    expect(standingOf(planned(), without(1_000), 'treatment').kind).toBe('better');
  });

  it('one look decides only once there is enough', () => {
    const [comparison] = without(2_000)[0]!.comparisons;
    expect(provenEffect(comparison!, 'increase', 0.05, false)).toBe('unclear');
    expect(provenEffect(comparison!, 'increase', 0.05, true)).toBe('better');
    expect(provenEffect(comparison!, 'decrease', 0.05, true)).toBe('worse');
  });
});
