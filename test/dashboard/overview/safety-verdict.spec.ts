import { safetyVerdict } from '../../../src/dashboard/web/experiment/verdict/safety-verdict.js';
import { comparison, judged, metric, units, variantRow } from './reports.js';

const errorBelow = { metric: 'error', above: 0.1, action: 'pause' } as const;

function errors(mean: number | null, interval: readonly [number, number] | null) {
  return metric('error', null, {
    role: 'guardrail',
    direction: 'decrease',
    variants: [variantRow('control', 0.02), variantRow('treatment', mean, { interval })],
  });
}

const verdictOf = (mean: number | null, interval: readonly [number, number] | null) =>
  safetyVerdict(
    judged({ guardrails: [errorBelow] }),
    { metrics: [errors(mean, interval)] },
    'treatment',
    units,
  );

describe('is it safe', () => {
  // docs/statistics.md, "Guardrails hold if the whole interval of the figure keeps to the bound"
  it.each([
    ['good', 0.03, [0.02, 0.04]],
    ['open', 0.09, [0.07, 0.11]],
    ['bad', 0.12, [0.09, 0.15]],
    ['unknown', null, null],
  ] as const)('is %s at %p with the interval %p and a limit of 0.1', (standing, mean, interval) => {
    expect(verdictOf(mean, interval).standing).toBe(standing);
  });

  it('names what is not shown to hold, with the figure and the limit', () => {
    expect(verdictOf(0.09, [0.07, 0.11]).sentences).toEqual([
      'Error is 9% (plausibly 7% to 11%); the limit is 10%.',
    ]);
  });

  it('holds a quantile by the share of events beyond it', () => {
    // Glossary of the guardrail: "p95 above 5000" holds exactly when more than 5 % lie above 5000.
    const slow = metric('latency_ms>5000', null, {
      variants: [variantRow('treatment', 0.06, { interval: [0.055, 0.065] })],
    });
    const guardrail = { metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' } as const;
    const verdict = safetyVerdict(
      judged({ guardrails: [guardrail] }),
      { metrics: [slow] },
      'treatment',
      units,
    );
    expect(verdict.gauges[0]).toMatchObject({ standing: 'bad', name: 'latency above 5,000' });
    expect(verdict.gauges[0]?.lines[0]?.at).toBe(0.05);
  });

  it.each([
    ['good', [-0.09, 0.2]],
    ['open', [-0.11, 0.2]],
    ['bad', [-0.5, -0.11]],
  ] as const)('is %s against control with a margin of 0.1 and the interval %p', (standing, interval) => {
    const guardrail = { metric: 'user_rating', worseThanControlBy: 0.1, action: 'warn' } as const;
    const rating = metric('user_rating', comparison((interval[0] + interval[1]) / 2, interval));
    const verdict = safetyVerdict(
      judged({ guardrails: [guardrail] }),
      { metrics: [rating] },
      'treatment',
      units,
    );
    expect(verdict.standing).toBe(standing);
  });

  it('takes a relative margin of the control, on the side that is worse', () => {
    const guardrail = {
      metric: 'latency_ms',
      worseThanControlBy: 0.1,
      relative: true,
      action: 'warn',
    } as const;
    const latency = metric('latency_ms', comparison(50, [20, 80]), {
      direction: 'decrease',
      variants: [variantRow('control', 1_000), variantRow('treatment', 1_050)],
    });
    const verdict = safetyVerdict(
      judged({ guardrails: [guardrail] }),
      { metrics: [latency] },
      'treatment',
      units,
    );
    expect(verdict.gauges[0]?.lines[0]?.at).toBe(100);
    expect(verdict.standing).toBe('good');
  });

  it('is bad where the watch is sure of harm, whatever the units of the report say', () => {
    const verdict = safetyVerdict(
      judged({ guardrails: [errorBelow] }),
      { metrics: [errors(0.03, [0.02, 0.04])] },
      'treatment',
      units,
      ['error'],
    );
    expect(verdict.standing).toBe('bad');
    expect(verdict.sentences[0]).toContain('The watch is sure that it is crossed.');
  });

  it('says that nothing watches where no guardrail is set', () => {
    const verdict = safetyVerdict(judged(), { metrics: [] }, 'treatment', units);
    expect(verdict.sentences).toEqual(['No guardrail is set, so nothing watches for harm.']);
    expect(verdict.standing).toBe('unknown');
  });
});
