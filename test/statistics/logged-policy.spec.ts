import { collectMoments } from '../../src/statistics/collect-moments.js';
import { loggedPolicy, type LoggedCell } from '../../src/statistics/logged-policy.js';
import { offPolicyEstimate, type LoggedChoice } from '../../src/statistics/off-policy.js';

/** One cell for each list of rewards, one event a unit. */
function cellOf(rewards: readonly number[], propensity: number, target: number): LoggedCell {
  const rows = rewards.map((reward) => ({ sum: reward, events: 1, sumSquares: reward ** 2 }));
  return { moments: collectMoments(rows), propensity, target };
}

const groups = [
  { rewards: [1, 0, 0, 1, 1], propensity: 0.5, target: 0.9 },
  { rewards: [0, 0, 1, 0], propensity: 0.5, target: 0.1 },
  { rewards: [3, 2.5], propensity: 0.2, target: 0.4 },
  { rewards: [2, 4, 1], propensity: 0.8, target: 0.6 },
];

describe('another policy on the same log', () => {
  const cells = groups.map(({ rewards, propensity, target }) => cellOf(rewards, propensity, target));

  it.each(['of-events', 'of-units'] as const)(
    'is worth what single choices say, for units with one event (%s)',
    (mean) => {
      const choices: LoggedChoice[] = groups.flatMap(({ rewards, propensity, target }) =>
        rewards.map((reward) => ({ reward, propensity, target })),
      );
      const single = offPolicyEstimate(choices);
      const estimate = loggedPolicy(cells, mean, 0.05);
      if (single.status !== 'ok' || estimate.status !== 'ok') throw new Error('both have an answer');
      expect(estimate.asTarget.value).toBeCloseTo(single.snips.value, 12);
      expect(estimate.asTarget.standardError).toBeCloseTo(single.snips.standardError, 12);
      expect(estimate.effectiveUnits).toBeCloseTo(single.effectiveSampleSize, 10);
      expect(estimate.meanWeight).toBeCloseTo(single.meanWeight, 12);
    },
  );

  it('has the plain mean of the log as the value served, and its interval', () => {
    const estimate = loggedPolicy(cells, 'of-units', 0.05);
    if (estimate.status !== 'ok') throw new Error('it has an answer');
    const all = groups.flatMap(({ rewards }) => rewards);
    const mean = all.reduce((sum, reward) => sum + reward, 0) / all.length;
    const squares = all.reduce((sum, reward) => sum + (reward - mean) ** 2, 0);
    expect(estimate.asServed.value).toBeCloseTo(mean, 12);
    expect(estimate.asServed.standardError).toBeCloseTo(Math.sqrt(squares) / all.length, 12);
    // ±1.959964 standard errors (standard normal, 97.5 %).
    const [low, high] = estimate.asServed.interval;
    expect((high - low) / estimate.asServed.standardError).toBeCloseTo(2 * 1.959964, 5);
  });

  it('differs by exactly nothing where it is the same policy', () => {
    const same = groups.map(({ rewards, propensity }) => cellOf(rewards, propensity, propensity));
    const estimate = loggedPolicy(same, 'of-events', 0.05);
    if (estimate.status !== 'ok') throw new Error('it has an answer');
    expect(estimate.difference.value).toBeCloseTo(0, 14);
    expect(estimate.difference.standardError).toBeCloseTo(0, 7);
  });

  it('counts a unit once however many events it has', () => {
    const rows = [3, 5, 4, 1].map((value) => ({ sum: value, events: 1, sumSquares: value ** 2 }));
    const repeated = rows.map(({ sum, sumSquares }) => ({
      sum: 10 * sum,
      events: 10,
      sumSquares: 10 * sumSquares,
    }));
    const errorOf = (units: typeof rows) => {
      const estimate = loggedPolicy(
        [{ moments: collectMoments(units), propensity: 0.5, target: 0.5 }],
        'of-events',
        0.05,
      );
      return estimate.status === 'ok' ? estimate.asServed.standardError : Number.NaN;
    };
    expect(errorOf(repeated)).toBeCloseTo(errorOf(rows), 12);
  });

  it('says nothing where it has nothing to go by', () => {
    expect(loggedPolicy([], 'of-units', 0.05)).toMatchObject({ status: 'insufficient' });
    expect(loggedPolicy([cellOf([1, 2], 0.5, 0)], 'of-units', 0.05)).toMatchObject({
      status: 'insufficient',
    });
    expect(() => loggedPolicy([cellOf([1, 2], 0, 1)], 'of-units', 0.05)).toThrow(RangeError);
  });
});
