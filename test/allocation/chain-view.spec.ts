import { banditStep } from '../../src/allocation/bandit-step.js';
import { chainView, type BanditData, type Totals } from '../../src/allocation/chain-view.js';
import { chainsOf } from '../../src/allocation/chains.js';
import type { Bandit } from '../../src/experiments/allocation.js';
import type { WeightEpoch } from '../../src/experiments/weight-epoch.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';
import { Draws } from '../statistics/bars/draws.js';
import { binaryMoments, metricWith } from './fixtures.js';
import { liveSegmented } from './segmented-world.js';

const metric = metricWith();
const bandit: Bandit = {
  mode: 'bandit',
  reward: metric.key,
  floor: 0.05,
  every: 'PT1H',
  burnIn: { unitsPerVariant: 50 },
  segments: { attributes: ['language'] },
};
const seen = experimentWith({ allocation: bandit });
const [control = '', treatment = ''] = seen.variants.map(({ key }) => key);
const weights = { [control]: 0.8, [treatment]: 0.2 };
const all: WeightEpoch[] = [
  firstEpoch(seen),
  firstEpoch(seen, { number: 2, segment: 'language=de', cause: 'segments' }),
  firstEpoch(seen, { number: 3, cause: 'segments', weights }),
];

/** Units of both variants in one epoch, and the successes among them. */
function totalsOf(
  ...parts: readonly [epoch: number, units: number, first: number, second: number][]
): Totals {
  const each = parts.flatMap(([epoch, units, first, second]) => [
    { variant: control, epoch, units, successes: first },
    { variant: treatment, epoch, units, successes: second },
  ]);
  return {
    exposed: each.map(({ variant, epoch, units }) => ({ variant, epoch, units })),
    totals: each.map(({ variant, epoch, units, successes }) => ({
      variant,
      epoch,
      metric: metric.key,
      moments: binaryMoments(successes, units),
    })),
  };
}

/** The root's view: German units like control and English ones treatment (0.60, 0.15), and the German ones have parted. */
function rootView(left: number, recent: Totals, past: Totals, epochs = all) {
  const matured = totalsOf([1, 800, 300, 300], [2, 400, 240, 60], [3, left, left * 0.15, left * 0.6]);
  const data: BanditData = {
    seen,
    bandit,
    metrics: [metric],
    matured,
    spans: { recentFrom: new Date(0), pastFrom: new Date(0), number: 3, looks: 24, recent, past },
    history: null,
    excluded: [],
    now: new Date('2026-02-01T00:00:00Z'),
    chains: 2,
    isByEpoch: true,
  };
  const [root] = chainsOf(seen, epochs);
  return chainView(data, root);
}
const english = totalsOf([3, 400, 60, 240]);
const mixed = totalsOf([1, 800, 300, 300]);

describe('what is known of the root once a leaf has parted', () => {
  it('is of the units that are left, not of those before', () => {
    const view = rootView(400, english, totalsOf());
    expect(view.moments.map(({ units }) => units)).toEqual([400, 400]);
    expect(view.present).toEqual([0.8, 0.2]);
    expect(banditStep(view).weights?.[treatment]).toBeGreaterThan(0.9);
  });

  it('is no jump, although the users that are left differ from those before', () => {
    expect(rootView(400, english, mixed).jump).toBeNull();
    // Units of one population that moved as far are one.
    expect(rootView(400, english, totalsOf([3, 800, 300, 300])).jump).toMatchObject({ metric: metric.key });
  });

  it('is too little for a while: the weights stay, for nothing starves', () => {
    expect(banditStep(rootView(40, english, mixed))).toMatchObject({ outcome: 'burn-in', weights: null });
    const starved = all.with(
      2,
      firstEpoch(seen, { number: 3, cause: 'segments', weights: { [control]: 1 } }),
    );
    expect(banditStep(rootView(40, english, mixed, starved)).weights).toEqual({
      [control]: 0.5,
      [treatment]: 0.5,
    });
  });
});

describe('a root from which leaf after leaf parts', () => {
  it('begins anew once for each at most, and then learns what the units that are left like', () => {
    const shares = [0.2, 0.16, 0.13, 0.11, 0.09, 0.08, 0.07, 0.06, 0.05, 0.05];
    const languages = shares.map((share, place) => ({
      value: `l${place}`,
      share,
      // The two languages that are too rare for a leaf like the other variant.
      rates: place < 8 ? [0.6, 0.15] : [0.15, 0.6],
    }));
    const segments = { attributes: ['language'], minimumUnits: 100, maximumLeaves: 8 };
    const world = { languages, segments, batchSize: 400, batches: 150, floor: 0.05 };
    const { epochs } = liveSegmented(new Draws(31), world);
    const named = epochs.flatMap(({ segment }) => (segment === '' ? [] : [segment]));
    expect([...new Set(named)].sort()).toEqual(shares.slice(0, 8).map((_, place) => `language=l${place}`));
    const root = epochs.filter(({ segment }) => segment === '');
    expect(root.filter(({ cause }) => cause === 'segments').length).toBeLessThanOrEqual(8);
    expect(root.at(-1)?.weights[treatment]).toBeGreaterThan(0.9);
  });
});
