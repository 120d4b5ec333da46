import { assembleReport } from '../../../src/analysis/report.js';
import { proofOf, proofPhrase } from '../../../src/analysis/recommendation/proof.js';
import { reasonsOf, standingOf } from '../../../src/analysis/recommendation/standing.js';
import type { Experiment } from '../../../src/experiments/experiment.js';
import { dataWith, metricWith } from '../metric-fixtures.js';
import { cost, pair, planned, rating, sourcesOf, type Figures } from '../report-fixtures.js';

const error = metricWith({ key: 'error', category: 'reliability', direction: 'decrease' });

/** A treatment that is clearly better, with these error rates as a guardrail. */
function withErrors(
  control: Figures,
  treatment: Figures,
  guardrails: Experiment['guardrails'] = [],
  role: 'guardrail' | 'secondary' = 'guardrail',
) {
  const experiment = planned({}, {}, { guardrails });
  const ratings = dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), rating);
  return assembleReport(sourcesOf(experiment, [ratings, dataWith(pair(control, treatment), error, role)]))
    .recommendation;
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

  it('is withheld when it is worse than the control although the bound holds, whatever role the metric has', () => {
    const worse = withErrors([1_000, 0.01, 0.01], [1_000, 0.06, 0.05], below);
    expect(withErrors([1_000, 0.01, 0.01], [1_000, 0.06, 0.05], below, 'secondary')).toEqual(worse);
    expect(worse).toMatchObject({
      action: 'KEEP_CONTROL',
      reason: expect.stringContaining('guardrail is crossed'),
    });
    expect(worse.evidence.join()).toContain('error: worse with treatment than with control by 0.05');
  });
});

describe('the reasons of several variants', () => {
  it('say once how many units each needs, then the others', () => {
    const few = (variant: string, units: number) => ({
      variant,
      kind: 'few' as const,
      reason: 'not told',
      evidence: [],
      counts: [['control', 3] as const, [variant, units] as const],
    });
    const open = {
      variant: 'c',
      kind: 'open' as const,
      reason: 'Chance is not ruled out for c.',
      evidence: [],
    };
    expect(reasonsOf([few('a', 2), open, few('b', 4)])).toBe(
      'Each variant needs 500 units whose window has passed; control has 3, a has 2 and b has 4. Chance is not ruled out for c.',
    );
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

  it('one look decides only where it may, and says so', () => {
    const [comparison] = without(2_000)[0]!.comparisons;
    expect(proofOf(comparison!, 'increase', 0.05, 'never')).toMatchObject({
      basis: 'nothing',
      effect: 'unclear',
    });
    const proof = proofOf(comparison!, 'increase', 0.05, 'without-looks');
    expect(proof).toMatchObject({ basis: 'one-look', effect: 'better' });
    expect(proofPhrase([proof])).toBe('chance is ruled out at one look');
    expect(proofOf(comparison!, 'decrease', 0.05, 'without-looks').effect).toBe('worse');
  });

  it('nothing is called equal that was never compared', () => {
    const nobody = report(6_000).metrics.map((metric) => ({
      ...metric,
      comparisons: metric.comparisons.map((comparison) => ({
        ...comparison,
        sequential: null,
        difference: null,
      })),
    }));
    const standing = standingOf(planned({ minimumEffect: 0.1 }), nobody, 'treatment');
    expect(standing).toMatchObject({ kind: 'open', reason: expect.stringContaining('cannot be compared') });
  });
});

describe('variants without any variance', () => {
  const constant = (control: number, treatment: number, units = 600) =>
    assembleReport(
      sourcesOf(planned({ minimumEffect: 0.1 }), [
        dataWith(pair([units, control, 0], [units, treatment, 0]), rating),
      ]),
    ).recommendation;

  it('are told apart by their values once there are enough units', () => {
    expect(constant(3, 4)).toMatchObject({
      action: 'SHIP',
      reason: expect.stringContaining('the same value'),
    });
    expect(constant(4, 3).action).toBe('STOP_HARM');
    expect(constant(3, 3).action).toBe('NO_DIFFERENCE');
    expect(constant(3, 4, 499).action).toBe('CONTINUE');
  });
});

describe('the cost of a better variant', () => {
  const withCost = (control: Figures, treatment: Figures) =>
    assembleReport(
      sourcesOf(planned({ margin: 0.2 }), [
        dataWith(pair([1_000, 3, 1], [1_000, 3.5, 1]), rating),
        dataWith(pair(control, treatment), cost, 'secondary'),
      ]),
    ).recommendation;

  it('counts also where it never varies, where the control costs nothing, and where it is known of one alone', () => {
    expect(withCost([1_000, 0.01, 0], [1_000, 0.05, 0]).reason).toContain('costs too much');
    expect(withCost([1_000, 0, 0], [1_000, 0.05, 0]).reason).toContain('costs too much');
    expect(withCost([1_000, 0.01, 0], [1_000, 0.02, 0]).action).toBe('SHIP');
    const alone = withCost([0, 0, 0], [1_000, 0.05, 1e-6]);
    expect(alone).toMatchObject({
      action: 'CONTINUE',
      reason: expect.stringContaining('cost is not settled'),
    });
    expect(alone.evidence.join()).toContain('known of treatment alone');
  });
});

describe('data that were complete when they came', () => {
  const imported = (treatment: number) =>
    assembleReport(
      sourcesOf(planned({}, {}, { source: 'imported' }), [
        dataWith(pair([1_000, 3, 1], [1_000, treatment, 1]), rating),
      ]),
    );

  it('are decided at their one look, and never told to go on', () => {
    // z = 0.11 / √(2 / 1000) = 2.46, p = 0.014: not enough under repeated looks.
    const { recommendation, metrics } = imported(3.11);
    expect(metrics[0]?.comparisons[0]).toMatchObject({ significant: true });
    expect(recommendation).toMatchObject({ action: 'SHIP', reason: expect.stringContaining('at one look') });
    expect(imported(3.01).recommendation).toMatchObject({
      action: 'KEEP_CONTROL',
      reason: expect.stringContaining('The data are complete'),
    });
  });
});

describe('data that differ in who answered', () => {
  it('are repaired before anything is decided', () => {
    const [control, treatment] = pair([1_000, 3, 1], [1_000, 3.5, 1]);
    const silent = { ...control!, exposed: 1_300 };
    const { recommendation } = assembleReport(
      sourcesOf(planned(), [dataWith([silent, treatment!], rating)], {
        exposed: [
          { variant: 'control', epoch: 1, units: 1_300 },
          { variant: 'treatment', epoch: 1, units: 1_300 },
        ],
      }),
    );
    expect(recommendation).toMatchObject({
      action: 'FIX_DATA',
      reason: expect.stringContaining('different users'),
    });
  });
});
