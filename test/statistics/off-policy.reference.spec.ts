import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  offPolicyEstimate,
  type LoggedChoice,
  type OffPolicyEstimate,
} from '../../src/statistics/off-policy.js';

/** "expected.json" promises closed formulas to a relative 1e-6. */
const tolerance = 1e-6;

interface Expected {
  readonly ips: number;
  readonly ips_se: number;
  readonly snips: number;
  readonly mean_weight: number;
  readonly ess: number;
  readonly max_weight: number;
}

interface Impression {
  readonly policy: string;
  readonly item: string;
  readonly position: string;
  readonly click: number;
  readonly propensity: number;
}

function read(name: string): Buffer {
  const folder = process.env['REFERENCE_DATA'] ?? '';
  if (!existsSync(join(folder, 'expected.json')))
    throw new Error(
      'Set REFERENCE_DATA to the folder of reference data: these tests are about nothing else.',
    );
  return readFileSync(join(folder, name));
}

const [, ...lines] = gunzipSync(read('bandit-logs/open-bandit-men.csv.gz'))
  .toString('utf8')
  .trim()
  .split('\n');
const impressions = lines.map((line): Impression => {
  const [policy = '', , item = '', position = '', click, propensity] = line.split(',');
  return { policy, item, position, click: Number(click), propensity: Number(propensity) };
});
const { items, on_policy, ...expected } = (
  JSON.parse(read('expected.json').toString('utf8')) as {
    open_bandit_men: {
      items: number;
      on_policy: { a: { rate: number }; b: { rate: number } };
      ope_bts_value_from_random_log: Expected;
      ope_uniform_value_from_bts_log: Expected;
    };
  }
).open_bandit_men;

const random = impressions.filter(({ policy }) => policy === 'random');
const bandit = impressions.filter(({ policy }) => policy === 'bts');

/** How often the bandit chose each item at each position: its policy, as far as it can be told. */
function choiceShares(): (item: string, position: string) => number {
  const [chosen, shown] = [new Map<string, number>(), new Map<string, number>()];
  for (const { item, position } of bandit) {
    chosen.set(`${item} ${position}`, (chosen.get(`${item} ${position}`) ?? 0) + 1);
    shown.set(position, (shown.get(position) ?? 0) + 1);
  }
  return (item, position) => (chosen.get(`${item} ${position}`) ?? 0) / (shown.get(position) ?? 1);
}

function replay(
  log: readonly Impression[],
  shareOf: (item: string, position: string) => number,
): OffPolicyEstimate {
  const clicks = (place: string) =>
    log.filter(({ position, click }) => position === place && click === 1).length;
  const rates = new Map(
    ['1', '2', '3'].map((place) => [
      place,
      clicks(place) / log.filter(({ position }) => position === place).length,
    ]),
  );
  const choices = log.map(({ item, position, click, propensity }): LoggedChoice => {
    // A model that knows positions and no items expects the same of both policies.
    const rate = rates.get(position) ?? 0;
    return {
      reward: click,
      propensity,
      target: shareOf(item, position),
      expected: rate,
      expectedOfTarget: rate,
    };
  });
  const estimate = offPolicyEstimate(choices);
  if (estimate.status !== 'ok') throw new Error(estimate.reason);
  return estimate;
}

function expectEqual(estimate: OffPolicyEstimate, figures: Expected): void {
  const got: Expected = {
    ips: estimate.ips.value,
    ips_se: estimate.ips.standardError,
    snips: estimate.snips.value,
    mean_weight: estimate.meanWeight,
    ess: estimate.effectiveSampleSize,
    max_weight: estimate.largestWeight,
  };
  for (const [name, figure] of Object.entries(got)) {
    const wanted = figures[name as keyof Expected];
    expect({ name, near: Math.abs(figure / wanted - 1) <= tolerance }).toEqual({ name, near: true });
  }
}

function expectTruthWithin(estimate: OffPolicyEstimate, truth: number, errors: number): void {
  for (const each of [estimate.ips, estimate.snips, estimate.doublyRobust]) {
    expect(each).not.toBeNull();
    expect(Math.abs((each?.value ?? NaN) - truth)).toBeLessThan(errors * (each?.standardError ?? NaN));
  }
}

describe('the Open Bandit log, replayed', () => {
  it('has ten thousand impressions of either policy', () => {
    expect([random.length, bandit.length]).toEqual([10_000, 10_000]);
  });

  it('tells what the bandit earns from choices made at random', () => {
    const estimate = replay(random, choiceShares());
    expectEqual(estimate, expected.ope_bts_value_from_random_log);
    expectTruthWithin(estimate, on_policy.b.rate, 3);
    expect(estimate.warnings).toEqual([]);
  });

  it("tells what chance earns from the bandit's choices, and warns that these are worth few", () => {
    const estimate = replay(bandit, () => 1 / items);
    expectEqual(estimate, expected.ope_uniform_value_from_bts_log);
    expectTruthWithin(estimate, on_policy.a.rate, 3);
    expect(estimate.warnings).toEqual([
      expect.stringContaining('worth only 656'),
      expect.stringContaining('6.6 %'),
    ]);
  });
});
