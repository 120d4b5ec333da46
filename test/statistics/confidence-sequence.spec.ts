import fc from 'fast-check';
import {
  confidenceSequence,
  mixtureTuning,
  oneSidedConfidenceSequence,
  type Look,
} from '../../src/statistics/confidence-sequence.js';
import { noLooks, takeLook } from '../../src/statistics/running-sequence.js';
import { normalDraws } from './normal-draws.js';

const look = fc.record({
  estimate: fc.double({ min: -5, max: 5, noNaN: true }),
  standardError: fc.double({ min: 0.05, max: 5, noNaN: true }),
  informationFraction: fc.double({ min: 0.001, max: 20, noNaN: true }),
});
const level = fc.double({ min: 0.0001, max: 0.3, noNaN: true });

function twoSided(at: Look, alpha: number) {
  const result = confidenceSequence(at, alpha);
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

function oneSided(at: Look, alpha: number, alternative: 'greater' | 'less') {
  const result = oneSidedConfidenceSequence(at, alpha, alternative);
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

describe('mixtureTuning', () => {
  it('is 7.936 at 0.05 and 11.534 at 0.01', () => {
    // −2 ln α + ln(−2 ln α + 1), to the digits usually quoted.
    expect(mixtureTuning(0.05)).toBeCloseTo(7.936, 3);
    expect(mixtureTuning(0.01)).toBeCloseTo(11.534, 3);
  });

  it('refuses an alpha of 1', () => {
    expect(() => mixtureTuning(1)).toThrow(/alpha was 1/);
  });
});

describe('confidenceSequence', () => {
  it('is wider than the interval for one look, always', () => {
    fc.assert(
      fc.property(look, (at) => {
        const [low, high] = twoSided(at, 0.05).interval;
        expect(high - low).toBeGreaterThan(2 * 1.96 * at.standardError);
      }),
    );
  });

  it('excludes 0 exactly when its p-value is at most alpha', () => {
    fc.assert(
      fc.property(look, level, (at, alpha) => {
        const { interval, pValue } = twoSided(at, alpha);
        if (Math.abs(pValue / alpha - 1) < 1e-9) return;
        expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < alpha);
      }),
    );
  });

  it.each([0, NaN, Infinity])('says that a standard error of %d tells nothing', (standardError) => {
    const at = { estimate: 1, standardError, informationFraction: 1 };
    expect(confidenceSequence(at, 0.05)).toMatchObject({ status: 'insufficient' });
    expect(oneSidedConfidenceSequence(at, 0.05, 'less')).toMatchObject({ status: 'insufficient' });
  });

  it('raises a false alarm in at most 5 % of sequences that are looked at 200 times', () => {
    // Sums of independent normals, one look after each; a fixed generator, 1,000 sequences.
    // Expected about 2 %; three Monte-Carlo errors above 5 % would be 7 %, so 5 % itself is a safe bound.
    let alarms = 0;
    const draw = normalDraws(20_240_501);
    for (let sequence = 0; sequence < 1000; sequence += 1) {
      let sum = 0;
      for (let n = 1; n <= 200; n += 1) {
        sum += draw();
        const at = { estimate: sum / n, standardError: 1 / Math.sqrt(n), informationFraction: n / 200 };
        if (twoSided(at, 0.05).pValue <= 0.05) {
          alarms += 1;
          break;
        }
      }
    }
    expect(alarms).toBeGreaterThan(0);
    expect(alarms / 1000).toBeLessThanOrEqual(0.05);
  });
});

describe('oneSidedConfidenceSequence', () => {
  it('puts its bound where the e-value of that bound is 1 / alpha', () => {
    fc.assert(
      fc.property(look, level, fc.constantFrom('greater', 'less'), (at, alpha, alternative) => {
        const { bound } = oneSided(at, alpha, alternative);
        const there = oneSided({ ...at, estimate: at.estimate - bound }, alpha, alternative);
        expect(there.logEValue).toBeCloseTo(-Math.log(alpha), 8);
      }),
    );
  });

  it('is tighter than the two-sided sequence, on either side alike', () => {
    const at = { estimate: 0.3, standardError: 0.1, informationFraction: 0.7 };
    const opposite = { ...at, estimate: -0.3 };
    expect(oneSided(at, 0.05, 'greater').bound).toBeGreaterThan(twoSided(at, 0.05).interval[0]);
    expect(oneSided(opposite, 0.05, 'less').bound).toBeCloseTo(-oneSided(at, 0.05, 'greater').bound, 14);
  });

  it('keeps a finite e-value for an effect far on the other side', () => {
    const { logEValue } = oneSided(
      { estimate: -100, standardError: 1, informationFraction: 1 },
      0.05,
      'greater',
    );
    expect(logEValue).toBeLessThan(0);
    expect(Number.isFinite(logEValue)).toBe(true);
  });
});

describe('takeLook', () => {
  it('never lets the anytime p-value rise or the intersection grow', () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 2, maxLength: 20 }), (looks) => {
        let state = noLooks;
        for (const at of looks) {
          const next = takeLook(state, twoSided(at, 0.05));
          expect(next.pValue).toBeLessThanOrEqual(state.pValue);
          if (!next.contradicted) {
            expect(next.intersection[0]).toBeGreaterThanOrEqual(state.intersection[0]);
            expect(next.intersection[1]).toBeLessThanOrEqual(state.intersection[1]);
          }
          state = next;
        }
        expect(state.looks).toBe(looks.length);
      }),
    );
  });

  it('says when two looks contradict each other, and then shows the latest', () => {
    const first = twoSided({ estimate: 5, standardError: 0.1, informationFraction: 1 }, 0.05);
    const second = twoSided({ estimate: -5, standardError: 0.1, informationFraction: 1 }, 0.05);
    const state = takeLook(takeLook(noLooks, first), second);
    expect(state).toMatchObject({ contradicted: true, intersection: second.interval });
  });
});
