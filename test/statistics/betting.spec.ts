import { noBets, placeBets, type BettingRule, type BettingState } from '../../src/statistics/betting.js';

function play(values: readonly number[], rule: BettingRule): BettingState {
  return values.reduce<BettingState>((state, value) => placeBets(state, value, rule), noBets);
}

const sequences = (length: number): number[][] =>
  Array.from({ length: 2 ** length }, (_, code) => Array.from({ length }, (_, bit) => (code >> bit) & 1));

describe('placeBets', () => {
  it.each([{ threshold: 0.3 }, { threshold: 0.3, restartEvery: 2 }, { threshold: 0.05, restartEvery: 1 }])(
    'is an e-value: its mean over all sequences of 8 answers at the threshold is 1 (%j)',
    (rule) => {
      const mean = sequences(8).reduce((sum, values) => {
        const ones = values.reduce((count, value) => count + value, 0);
        const chance = rule.threshold ** ones * (1 - rule.threshold) ** (8 - ones);
        return sum + chance * Math.exp(play(values, rule).logEValue);
      }, 0);
      expect(mean).toBeCloseTo(1, 10);
    },
  );

  it('finds a change sooner with restarts after a long healthy past', () => {
    const past = Array.from({ length: 2000 }, (_, index) => (index % 50 === 0 ? 1 : 0));
    const now = Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 1 : 0));
    const delay = (rule: BettingRule): number => {
      let state = play(past, rule);
      const found = now.findIndex((value) => {
        state = placeBets(state, value, rule);
        return state.logEValue >= Math.log(100);
      });
      return found < 0 ? Infinity : found;
    };
    const withRestarts = delay({ threshold: 0.1, restartEvery: 100 });
    expect(withRestarts).toBeLessThan(200);
    expect(delay({ threshold: 0.1 })).toBeGreaterThan(withRestarts);
  });

  it('keeps few bettors however long it runs, and loses nothing by it', () => {
    const state = play(
      Array.from({ length: 4000 }, () => 0),
      { threshold: 0.1, restartEvery: 20 },
    );
    expect(state.joined).toBe(200);
    expect(state.bettors.length).toBeLessThan(100);
    expect(Number.isFinite(state.logEValue)).toBe(true);
  });

  it.each([
    [1.5, { threshold: 0.1 }, /value that is neither 0 nor 1 was 1.5/],
    [-0.1, { threshold: 0.1 }, /was -0.1/],
    [NaN, { threshold: 0.1 }, /was NaN/],
    [0, { threshold: 0 }, /threshold was 0/],
    [0, { threshold: 0.1, restartEvery: 0 }, /restartEvery was 0/],
  ])('refuses the value %d under %j', (value, rule, message) => {
    expect(() => placeBets(noBets, value, rule)).toThrow(message);
  });
});
