import type { Metric } from '../../src/catalogue/metric.js';
import { defaultGuardrails, type Guardrail } from '../../src/experiments/guardrail.js';
import { guardrailVerdicts } from '../../src/guardrails/guardrail-verdicts.js';
import { falseAlarmRate } from '../../src/guardrails/verdict.js';
import type { Moments } from '../../src/statistics/moments.js';
import { binaryMoments, metricWith, momentsOf } from '../allocation/fixtures.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const metrics: Readonly<Record<string, Metric>> = {
  error: metricWith({ key: 'error' }),
  'latency_ms>5000': metricWith({ key: 'latency_ms>5000' }),
  user_rating: metricWith({ key: 'user_rating', min: 1, max: 5 }),
};
/** Of units first exposed on the day of the start, unless another is given. */
const total = (variant: string, metric: string, moments: Moments, day = '2026-01-05') => ({
  variant,
  metric,
  epoch: 0,
  day,
  moments,
});
const dayAfter = (days: number): string => new Date(Date.UTC(2026, 0, 5 + days)).toISOString().slice(0, 10);
const verdicts = (totals: ReturnType<typeof total>[], guardrails: readonly Guardrail[] = defaultGuardrails) =>
  guardrailVerdicts(
    experimentWith({ guardrails }),
    { totals, evidence: null, overrides: [] },
    (key) => metrics[key],
  );
const breached = (totals: ReturnType<typeof total>[]) =>
  verdicts(totals).flatMap(({ status, metric, variant }) =>
    status === 'breached' ? [`${metric} of ${variant}`] : [],
  );

describe('guardrailVerdicts', () => {
  it('says of each guardrail and variant that it knows nothing, before there is data', () => {
    const all = verdicts([]);
    expect(all).toHaveLength(6);
    expect(
      all.every(
        ({ status, units, mean, bound }) =>
          status === 'insufficient' && units === 0 && mean === null && bound === null,
      ),
    ).toBe(true);
  });

  it('shares the false-alarm rate over guardrails and variants', () => {
    expect(verdicts([])[0]?.alpha).toBeCloseTo(falseAlarmRate / 6, 15);
  });

  it('trips on thirty errors of thirty', () => {
    expect(breached([total('treatment', 'error', binaryMoments(30, 30))])).toEqual(['error of treatment']);
  });

  it('does not trip on one error of three, and calls that too little', () => {
    const [, treatment] = verdicts([total('treatment', 'error', binaryMoments(1, 3))]);
    expect(treatment).toMatchObject({ status: 'insufficient', units: 3 });
  });

  it('acts on the bound, not on the mean', () => {
    // 14 of 100 lies above 10 %, but not surely.
    const [, treatment] = verdicts([total('treatment', 'error', binaryMoments(14, 100))]);
    expect(treatment).toMatchObject({ status: 'ok', mean: 0.14 });
    expect(treatment?.bound).toBeLessThan(0.1);
    expect(breached([total('treatment', 'error', binaryMoments(1400, 10_000))])).toEqual([
      'error of treatment',
    ]);
  });

  it('reads a p95 as the share of events beyond it', () => {
    expect(breached([total('control', 'latency_ms>5000', binaryMoments(100, 1000))])).toEqual([
      'latency_ms>5000 of control',
    ]);
    expect(breached([total('control', 'latency_ms>5000', binaryMoments(40, 1000))])).toEqual([]);
  });

  it('finds ratings below 3, and leaves those above alone', () => {
    const rated = (mean: number) =>
      momentsOf(Array.from({ length: 300 }, (_, unit) => mean + (unit % 2) - 0.5));
    expect(breached([total('treatment', 'user_rating', rated(2.5))])).toEqual(['user_rating of treatment']);
    expect(breached([total('treatment', 'user_rating', rated(3.1))])).toEqual([]);
  });

  it('holds control to the same threshold, and leaves the holdback out', () => {
    const bad = binaryMoments(40, 60);
    expect(breached([total('control', 'error', bad), total('$holdback', 'error', bad)])).toEqual([
      'error of control',
    ]);
  });

  it('takes days and weight epochs together', () => {
    const parts = [0, 0, 1].map((day) => ({
      ...total('treatment', 'error', binaryMoments(10, 10), dayAfter(day)),
      epoch: day,
    }));
    expect(verdicts(parts)[1]).toMatchObject({ status: 'breached', units: 30, mean: 1, since: null });
  });

  it('is not blinded by a good past', () => {
    const good = Array.from({ length: 10 }, (_, day) =>
      total('treatment', 'error', binaryMoments(25, 500), dayAfter(day)),
    );
    expect(breached(good)).toEqual([]);
    // 350 of 5 300 lies below 10 %, 100 of the last day's 300 far above.
    const bad = total('treatment', 'error', binaryMoments(100, 300), dayAfter(10));
    expect(verdicts([...good, bad])[1]).toMatchObject({
      status: 'breached',
      since: dayAfter(10),
      units: 300,
      mean: 1 / 3,
    });
  });

  it('speaks of all units where they show the harm already', () => {
    const days = [0, 1, 2].map((day) => total('treatment', 'error', binaryMoments(60, 100), dayAfter(day)));
    expect(verdicts(days)[1]).toMatchObject({ status: 'breached', since: null, units: 300 });
  });

  it('knows nothing of a metric that the catalogue has not', () => {
    const [first] = verdicts(
      [total('control', 'gone', binaryMoments(9, 9))],
      [{ metric: 'gone', above: 0, action: 'kill' }],
    );
    expect(first).toMatchObject({ status: 'insufficient', bound: null });
  });
});
