import { missingBurnIn } from '../../src/allocation/burn-in.js';
import { binaryMoments, metricWith } from './fixtures.js';

const variants = ['control', 'treatment'];
const rating = {
  metric: metricWith(),
  moments: [binaryMoments(10, 100), binaryMoments(20, 100)],
  received: [60, 70],
};
const cost = {
  metric: metricWith({ key: 'cost_usd' }),
  moments: [binaryMoments(10, 100), binaryMoments(20, 40)],
  received: [100, 40],
};

describe('missingBurnIn', () => {
  it('is over when units, rewards and hours are all there', () => {
    const burnIn = { unitsPerVariant: 100, rewards: 60, hours: 24 };
    expect(missingBurnIn(burnIn, { variants, rewards: [rating], hours: 24 })).toEqual([]);
  });

  it('names each condition that does not hold, and the variants that fall short', () => {
    const burnIn = { unitsPerVariant: 101, rewards: 61, hours: 24 };
    expect(missingBurnIn(burnIn, { variants, rewards: [rating], hours: 3 })).toEqual([
      'control, treatment below 101 matured units with a reward',
      'control below 61 rewards received',
      '3.0 of 24 hours since the start',
    ]);
  });

  it('waits for every metric that the reward names', () => {
    expect(
      missingBurnIn({ unitsPerVariant: 50 }, { variants, rewards: [rating, cost], hours: null }),
    ).toEqual(['treatment below 50 matured units with a reward']);
  });

  it('waits when it is not known since when units come', () => {
    const waiting = missingBurnIn(
      { unitsPerVariant: 2, hours: 1 },
      { variants, rewards: [rating], hours: null },
    );
    expect(waiting).toHaveLength(1);
  });
});
