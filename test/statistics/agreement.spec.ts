import fc from 'fast-check';
import { agreement, agreementChange, type JudgedPair } from '../../src/statistics/agreement.js';
import { Draws } from './bars/draws.js';

const pairsOf = (rows: readonly (readonly [number, number])[]): JudgedPair[] =>
  rows.map(([judge, label], place) => ({ unit: `u${place}`, judge, label }));

/** Cohen's weighted kappa as it is defined: 1 − Σ w observed / Σ w expected, w = (i − j)². */
function cohen(rows: readonly (readonly [number, number])[]): number {
  let [observed, expected] = [0, 0];
  for (const [x, y] of rows) observed += (x - y) ** 2 / rows.length;
  for (const [x] of rows) for (const [, y] of rows) expected += (x - y) ** 2 / rows.length ** 2;
  return 1 - observed / expected;
}

const ok = (pairs: readonly JudgedPair[], alpha = 0.05) => {
  const found = agreement(pairs, alpha);
  if (found.status !== 'ok') throw new Error(found.reason);
  return found;
};

describe('the agreement of a judge with people', () => {
  it("is Cohen's kappa with quadratic weights", () => {
    const rating = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(rating, rating), { minLength: 10, maxLength: 60 }), (rows) => {
        const found = agreement(pairsOf(rows), 0.05);
        const exact = cohen(rows);
        if (found.status === 'ok') expect(found.kappa.value).toBeCloseTo(exact, 9);
        else expect(exact).toBeNaN();
      }),
    );
  });

  it('is 1 for a judge who says the same, and no better than chance for one who says anything', () => {
    const same = ok(pairsOf(Array.from({ length: 20 }, (_, i) => [i % 5, i % 5] as const)));
    expect(same.kappa).toEqual({ value: 1, interval: null });
    expect(same.bias).toEqual({ value: 0, interval: [0, 0] });
    const opposite = ok(pairsOf(Array.from({ length: 20 }, (_, i) => [i % 5, 4 - (i % 5)] as const)));
    expect(opposite.kappa.value).toBe(-1);
  });

  it('is lower for a judge who is too kind, though the correlation is not', () => {
    const kind = ok(pairsOf(Array.from({ length: 40 }, (_, i) => [(i % 5) + 2, i % 5] as const)));
    expect(kind.correlation.value).toBeCloseTo(1, 12);
    expect(kind.bias.value).toBe(2);
    expect(kind.kappa.value).toBeLessThan(0.6);
  });

  it('does not change with the place of the origin', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i % 5, (i * 7) % 4] as const);
    const moved = rows.map(([x, y]) => [x + 1e6, y + 1e6] as const);
    expect(ok(pairsOf(moved)).kappa.value).toBeCloseTo(ok(pairsOf(rows)).kappa.value, 9);
  });

  it('says why there is none', () => {
    expect(agreement(pairsOf([[1, 1]]), 0.05)).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('1 units'),
    });
    expect(agreement(pairsOf(Array.from({ length: 12 }, () => [3, 3] as const)), 0.05)).toMatchObject({
      status: 'insufficient',
    });
  });
});

describe('the interval of an agreement', () => {
  const random = new Draws(7);
  const draws = () => random.normal();
  /** Units whose answers are alike; the true concordance of scores and labels is `rho`. */
  const sample = (units: number, rho: number): JudgedPair[] =>
    Array.from({ length: units }, (_, unit) => {
      const own = [draws(), draws()];
      return Array.from({ length: 3 }, () => {
        const label = Math.SQRT1_2 * ((own[0] ?? 0) + draws());
        const other = Math.SQRT1_2 * ((own[1] ?? 0) + draws());
        return { unit: `u${unit}`, label, judge: rho * label + Math.sqrt(1 - rho ** 2) * other };
      });
    }).flat();

  it.each([0, 0.5, 0.8])('holds a true kappa of %d in 95 %% of samples of alike answers', (rho) => {
    const runs = 600;
    let [held, heldAlone] = [0, 0];
    const holds = (pairs: readonly JudgedPair[]) => {
      const [low, high] = ok(pairs).kappa.interval ?? [0, 0];
      return low <= rho && rho <= high ? 1 : 0;
    };
    for (let run = 0; run < runs; run++) {
      const pairs = sample(60, rho);
      held += holds(pairs);
      heldAlone += holds(pairs.map((pair, place) => ({ ...pair, unit: `${place}` })));
    }
    // 0.95 less three standard errors of a share over 600 runs.
    expect(held / runs).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / runs));
    // Were every answer a unit of its own, it would not.
    expect(heldAlone).toBeLessThan(held);
  });

  it('tells a judge who changed from one who did not', () => {
    const drifted = (pairs: readonly JudgedPair[]) =>
      pairs.map((pair) => ({ ...pair, judge: pair.judge + 0.6 }));
    const runs = 300;
    let [alarms, found] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const [earlier, later] = [sample(40, 0.7), sample(40, 0.7)];
      if ((agreementChange(earlier, later) ?? 1) < 0.05) alarms += 1;
      if ((agreementChange(earlier, drifted(later)) ?? 1) < 0.05) found += 1;
    }
    expect(alarms / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(found / runs).toBeGreaterThan(0.9);
  });

  it('needs units on both sides', () => {
    expect(agreementChange(sample(9, 0.5), sample(40, 0.5))).toBeNull();
  });
});
