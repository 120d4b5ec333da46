import fc from 'fast-check';
import { performance } from 'node:perf_hooks';
import { assembleReport } from '../../src/analysis/report.js';
import { experimentWith, firstEpoch, nextEpoch, variant } from '../bucketing/experiment-fixtures.js';
import { dataWith, metricWith, numbersIn, totalsWith } from './metric-fixtures.js';
import { pair, planned, rating, ratingReport, sourcesOf, type Figures } from './report-fixtures.js';

describe('the report', () => {
  it('has the fields of the contract', () => {
    const report = ratingReport(planned(), [1_000, 3, 1], [1_000, 3.5, 1]);
    expect(Object.keys(report)).toEqual([
      'experiment',
      'status',
      'asOf',
      'epoch',
      'looks',
      'registration',
      'missingFromPlan',
      'planHash',
      'deviations',
      'health',
      'variants',
      'leaves',
      'metrics',
      'pairwise',
      'asServed',
      'recommendation',
    ]);
    expect(report).toMatchObject({
      experiment: 'exp_summarize_v2',
      status: 'running',
      epoch: 1,
      deviations: [],
    });
    expect(report.variants).toEqual([
      { key: 'control', units: 1_000, share: 0.5, expected: 0.5 },
      { key: 'treatment', units: 1_000, share: 0.5, expected: 0.5 },
    ]);
    expect(Object.keys(report.metrics[0]!)).toEqual([
      'key',
      'role',
      'category',
      'direction',
      'estimand',
      'estimator',
      'covariate',
      'method',
      'variants',
      'comparisons',
      'best',
    ]);
  });

  it('counts the holdback apart from the variants', () => {
    const sources = sourcesOf(planned(), [dataWith(pair([900, 3, 1], [900, 3, 1]), rating)]);
    const exposed = [...sources.exposed, { variant: '$holdback', epoch: 1, units: 200 }];
    const { health, variants } = assembleReport({ ...sources, exposed });
    expect(health).toMatchObject({ exposed: 1_800, holdback: 200 });
    expect(variants.map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  it('holds no share before the first unit', () => {
    const report = assembleReport({ ...sourcesOf(planned(), []), epochs: [] });
    expect(report).toMatchObject({ epoch: null, health: { exposed: 0 } });
    expect(report.variants[0]).toEqual({ key: 'control', units: 0, share: null, expected: 0.5 });
    expect(report.health.warnings.map(({ code }) => code)).toEqual(['NO_EXPOSURES']);
  });

  it('says that weights changed and leaves the stages of a rollout out of the test', () => {
    const experiment = planned();
    const first = firstEpoch(experiment);
    const epochs = [first, nextEpoch(experiment, first, [10, 90])];
    const data = dataWith(pair([900, 3, 1], [900, 3, 1]), rating);
    const codes = (phase: number) =>
      assembleReport(
        sourcesOf(experiment, [data], {
          epochs: epochs.map((epoch) => (epoch.number > 1 ? { ...epoch, phase } : epoch)),
        }),
      ).health.warnings.map(({ code }) => code);
    expect(codes(0)).toContain('WEIGHTS_CHANGED');
    expect(codes(1)).not.toContain('WEIGHTS_CHANGED');
  });

  it('is the same for the same sources', () => {
    const sources = sourcesOf(planned(), [dataWith(pair([900, 3, 1], [900, 3.1, 1]), rating)]);
    expect(assembleReport(sources)).toEqual(assembleReport(sources));
  });

  it('survives the way through JSON for any data', () => {
    const figures = fc.tuple(
      fc.constantFrom(0, 1, 2, 24, 25, 500, 6_000),
      fc.constantFrom(-1e6, -1, 0, 1e-9, 1, 1e12),
      fc.constantFrom(0, 1e-6, 1, 1e20),
    );
    const kind = fc.constantFrom('mean', 'mean-per-unit', 'proportion', 'ratio', 'quantile' as const);
    fc.assert(
      fc.property(figures, figures, kind, (control, treatment, kind) => {
        // A share lies between 0 and 1.
        const possible = ([units, mean, variance]: Figures): Figures =>
          kind === 'proportion' ? [units, Math.min(1, Math.max(0, mean)), variance] : [units, mean, variance];
        const data = dataWith(pair(possible(control), possible(treatment)), metricWith({ kind }));
        const report = assembleReport(sourcesOf(planned({ minimumEffect: 0.1, margin: 0.1 }), [data]));
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        expect(numbersIn(report).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a moment for 8 variants and 20 metrics', () => {
    const keys = ['control', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const experiment = experimentWith({ variants: keys.map((key) => variant(key)) });
    const metrics = Array.from({ length: 20 }, (_, number) =>
      dataWith(
        keys.map((key, place) => totalsWith(key, 10_000, 3 + place / 100, 1)),
        metricWith({ key: `metric_${number}` }),
        number < 2 ? 'primary' : 'secondary',
      ),
    );
    const sources = sourcesOf(experiment, metrics);
    assembleReport(sources);
    const started = performance.now();
    const report = assembleReport(sources);
    // Measured well below; the bound leaves room for a busy machine.
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(report.metrics.flatMap(({ comparisons }) => comparisons)).toHaveLength(140);
  });
});
