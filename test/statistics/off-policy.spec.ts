import fc from 'fast-check';
import { offPolicyEstimate, type LoggedChoice } from '../../src/statistics/off-policy.js';
import { Draws } from './bars/draws.js';

function estimateOf(choices: readonly LoggedChoice[]) {
  const estimate = offPolicyEstimate(choices);
  if (estimate.status !== 'ok') throw new Error(estimate.reason);
  return estimate;
}

/** Two items, the first chosen with a probability of `logged`; what a policy that takes it with `target` would earn. */
function log(draws: Draws, size: number, logged: number, target: number, rates = [0.3, 0.1]): LoggedChoice[] {
  return Array.from({ length: size }, () => {
    const first = draws.coin(logged) === 1;
    return {
      reward: draws.coin(rates[first ? 0 : 1] ?? 0),
      propensity: first ? logged : 1 - logged,
      target: first ? target : 1 - target,
      expected: first ? 0.3 : 0.1,
      expectedOfTarget: target * 0.3 + (1 - target) * 0.1,
    };
  });
}

describe('offPolicyEstimate', () => {
  it('is the plain mean for the policy that made the choices', () => {
    const rewards = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(rewards, (list) => {
        const estimate = estimateOf(list.map((reward) => ({ reward, propensity: 0.2, target: 0.2 })));
        const mean = list.reduce((sum, reward) => sum + reward, 0) / list.length;
        expect(estimate.ips.value).toBeCloseTo(mean, 10);
        expect(estimate.snips.value).toBeCloseTo(mean, 10);
        expect(estimate.effectiveSampleSize).toBeCloseTo(list.length, 8);
        expect(estimate.doublyRobust).toBeNull();
      }),
    );
  });

  it('finds what another policy would have earned', () => {
    const estimate = estimateOf(log(new Draws(3), 50_000, 0.5, 0.9));
    const truth = 0.9 * 0.3 + 0.1 * 0.1;
    for (const each of [estimate.ips, estimate.snips, estimate.doublyRobust]) {
      expect(Math.abs((each?.value ?? NaN) - truth)).toBeLessThan(4 * (each?.standardError ?? NaN));
    }
    // A model that is right takes out what differs between choices.
    expect(estimate.doublyRobust?.standardError).toBeLessThan(estimate.ips.standardError);
    expect(estimate.warnings).toEqual([]);
  });

  it('is doubly robust: right with wrong propensities if the model is right', () => {
    const skewed = log(new Draws(4), 50_000, 0.5, 0.9).map((choice) => ({
      ...choice,
      propensity: choice.propensity * 0.7,
    }));
    const { ips, doublyRobust, warnings } = estimateOf(skewed);
    const truth = 0.9 * 0.3 + 0.1 * 0.1;
    expect(Math.abs(ips.value - truth)).toBeGreaterThan(10 * ips.standardError);
    expect(Math.abs((doublyRobust?.value ?? NaN) - truth)).toBeLessThan(
      4 * (doublyRobust?.standardError ?? NaN),
    );
    expect(warnings).toEqual([expect.stringContaining('mean weight is 1.43')]);
  });

  it('has intervals that hold the truth about as often as they say', () => {
    const draws = new Draws(5);
    const truth = 0.8 * 0.3 + 0.2 * 0.1;
    const held = { ips: 0, snips: 0, doublyRobust: 0 };
    for (let run = 0; run < 400; run += 1) {
      const estimate = estimateOf(log(draws, 1_500, 0.5, 0.8));
      for (const name of ['ips', 'snips', 'doublyRobust'] as const) {
        const figure = estimate[name];
        held[name] += Math.abs((figure?.value ?? NaN) - truth) <= 1.96 * (figure?.standardError ?? 0) ? 1 : 0;
      }
    }
    // 95 % of 400 is 380, with a standard deviation of 4.4.
    for (const count of Object.values(held)) expect(count).toBeGreaterThan(363);
  });

  it('warns where the policies have little in common', () => {
    const { warnings, effectiveSampleSize } = estimateOf(log(new Draws(6), 4_000, 0.02, 0.98));
    expect(effectiveSampleSize).toBeLessThan(200);
    expect(warnings).toEqual([
      expect.stringContaining('of equal weight'),
      expect.stringContaining('little in common'),
    ]);
  });

  it.each([
    ['one choice', [{ reward: 1, propensity: 1, target: 1 }], 'Too few choices'],
    [
      'a choice that could not be',
      [
        { reward: 1, propensity: 0.5, target: 1 },
        { reward: 1, propensity: 0, target: 1 },
      ],
      'Choice 1 was logged with a propensity of 0',
    ],
    [
      'nothing in common',
      [
        { reward: 1, propensity: 0.5, target: 0 },
        { reward: 0, propensity: 0.5, target: 0 },
      ],
      'none of the logged choices',
    ],
  ])('has no answer from %s', (_name, choices, reason) => {
    expect(offPolicyEstimate(choices)).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining(reason),
    });
  });
});
