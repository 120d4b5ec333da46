import fc from 'fast-check';
import { winRate, type Preferences } from '../../src/statistics/win-rate.js';

const intervalOf = (preferences: Preferences, alpha = 0.05) => {
  const rate = winRate(preferences, alpha);
  if (rate.status !== 'ok') throw new Error(rate.reason);
  return rate.interval;
};

/** Chance that the interval ever excludes the true rate within so many units, over all sequences of results, exactly. */
function everExcluded(
  chances: { win: number; tie: number; loss: number },
  units: number,
  alpha: number,
): number {
  const truth = chances.win + chances.tie / 2;
  let reached = new Map([['0 0 0', 1]]);
  let excluded = 0;
  for (let unit = 0; unit < units; unit++) {
    const next = new Map<string, number>();
    for (const [key, chance] of reached) {
      const [wins = 0, ties = 0, losses = 0] = key.split(' ').map(Number);
      const steps = [
        [`${wins + 1} ${ties} ${losses}`, chances.win],
        [`${wins} ${ties + 1} ${losses}`, chances.tie],
        [`${wins} ${ties} ${losses + 1}`, chances.loss],
      ] as const;
      for (const [to, step] of steps) if (step > 0) next.set(to, (next.get(to) ?? 0) + chance * step);
    }
    for (const [key, chance] of next) {
      const [wins = 0, ties = 0, losses = 0] = key.split(' ').map(Number);
      const [low, high] = intervalOf({ wins, ties, losses }, alpha);
      if (truth >= low - 1e-7 && truth <= high + 1e-7) continue;
      excluded += chance;
      next.delete(key);
    }
    reached = next;
  }
  return excluded;
}

describe('winRate', () => {
  it('counts a tie as half a win', () => {
    expect(winRate({ wins: 60, ties: 10, losses: 30 }, 0.05)).toMatchObject({ status: 'ok', value: 0.65 });
  });

  it('ends where a bettor on more, or one on less, has 2 / alpha: five wins, worked out by hand', () => {
    const [low, high] = intervalOf({ wins: 5, ties: 0, losses: 0 });
    const bets = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8];
    const capital = bets.reduce((sum, bet) => sum + (1 + bet * (1 / low - 1)) ** 5, 0) / bets.length;
    expect(capital).toBeCloseTo(40, 4);
    expect(high).toBe(1);
  });

  it('says nothing before the first pair, and is not sure of anything after one', () => {
    expect(winRate({ wins: 0, ties: 0, losses: 0 }, 0.05)).toMatchObject({ status: 'insufficient' });
    const [low, high] = intervalOf({ wins: 1, ties: 0, losses: 0 });
    expect(low).toBeLessThan(0.1);
    expect(high).toBe(1);
  });

  it.each([
    { win: 0.5, tie: 0, loss: 0.5 },
    { win: 0.9, tie: 0, loss: 0.1 },
    { win: 0.02, tie: 0, loss: 0.98 },
  ])('excludes the truth in at most 1 of 20 experiments, however often one looks: %j', (chances) => {
    expect(everExcluded(chances, 120, 0.05)).toBeLessThanOrEqual(0.05);
  });

  it('does so with ties too', () => {
    expect(everExcluded({ win: 0.2, tie: 0.6, loss: 0.2 }, 30, 0.2)).toBeLessThanOrEqual(0.2);
    expect(everExcluded({ win: 0.5, tie: 0.3, loss: 0.2 }, 30, 0.2)).toBeLessThanOrEqual(0.2);
  });

  it('is turned around one half by swapping the two, and holds its own value', () => {
    const count = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(count, count, count, (wins, ties, losses) => {
        fc.pre(wins + ties + losses > 0);
        const [one, other] = [
          winRate({ wins, ties, losses }, 0.05),
          winRate({ wins: losses, ties, losses: wins }, 0.05),
        ];
        if (one.status !== 'ok' || other.status !== 'ok') throw new Error('There are pairs.');
        expect(other.value).toBeCloseTo(1 - one.value, 12);
        expect(other.interval[0]).toBeCloseTo(1 - one.interval[1], 12);
        expect(other.interval[1]).toBeCloseTo(1 - one.interval[0], 12);
        expect(one.interval[0]).toBeGreaterThanOrEqual(0);
        expect(one.interval[1]).toBeLessThanOrEqual(1);
        expect(one.interval[0]).toBeLessThanOrEqual(one.value + 1e-9);
        expect(one.interval[1]).toBeGreaterThanOrEqual(one.value - 1e-9);
      }),
    );
  });

  it('is at most 1.7 times as wide as an interval for one look, at 400 units', () => {
    const [low, high] = intervalOf({ wins: 200, ties: 0, losses: 200 });
    // Normal interval: 0.5 ± 1.96 √(0.25 / 400), 0.098 wide. Looking at any time has its price.
    expect(high - low).toBeLessThan(1.7 * 0.098);
  });
});
