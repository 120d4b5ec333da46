import fc from 'fast-check';
import {
  newMixture,
  takeObservations,
  type Observation,
  type RestartMixture,
} from '../../../src/guardrails/evidence/restart-mixture.js';

const one = (harm: number, rest: Partial<Observation> = {}): Observation => ({
  fromCopy: 0,
  harm,
  units: 1,
  values: 1,
  ...rest,
});
const take = (state: RestartMixture, observations: readonly Observation[], since = '7') =>
  takeObservations(state, observations, 0.1, since);

describe('takeObservations', () => {
  it('multiplies the capital of each bet, in shares of the copies', () => {
    // Harm 1 at p = 0.1: 1 + 9 f for f = 0.05, 0.1, 0.2, 0.4, on average 2.6875; the rest of the capital is idle.
    const zeta = 2.612375348685488;
    const expected = 2.6875 / zeta + 2 / Math.SQRT2 / zeta;
    expect(Math.exp(take(newMixture('0'), [one(1)]).logEValue)).toBeCloseTo(expected, 12);
  });

  it('comes to the same whether observations come one by one or together', () => {
    const harms = [0, 1, 0.5, 0, 0.25];
    const together = take(
      newMixture('0'),
      harms.map((harm) => one(harm)),
    );
    const apart = harms.reduce((state, harm) => take(state, [one(harm)]), newMixture('0'));
    expect(apart.logEValue).toBeCloseTo(together.logEValue, 12);
    expect(apart.observations).toBe(5);
  });

  it('lets a fresh copy join after fifty values, which bets on what comes later alone', () => {
    const well = take(newMixture('0'), [one(0, { units: 50, values: 50 })], '42');
    expect(well).toMatchObject({ joined: 2, values: 0, copies: [{ number: 1 }, { number: 2, since: '42' }] });
    expect(well.copies[1]?.logCapitals).toEqual([0, 0, 0, 0]);
    const ill = take(well, [one(1, { units: 20, values: 20 })]);
    const [old, fresh] = ill.copies;
    expect(Math.max(...(fresh?.logCapitals ?? []))).toBeGreaterThan(Math.max(...(old?.logCapitals ?? [])));
  });

  it('bets on a unit only in copies that have not seen it', () => {
    const two = take(newMixture('0'), [one(0, { units: 50, values: 50 })]);
    const returning = take(two, [one(1, { fromCopy: 1 })]);
    expect(returning.copies[0]).toEqual(two.copies[0]);
    expect(returning.copies[1]).not.toEqual(two.copies[1]);
    expect(take(two, [one(1, { fromCopy: 2 })]).copies).toEqual(two.copies);
  });

  it('is worth at most 1 on average after any history of values whose mean is the threshold', () => {
    // Every history of four looks at 0 or 1, weighted by its chance.
    const expectation = (state: RestartMixture, looks: number): number =>
      looks === 0
        ? Math.exp(state.logEValue)
        : 0.1 * expectation(take(state, [one(1, { values: 50 })]), looks - 1) +
          0.9 * expectation(take(state, [one(0, { values: 50 })]), looks - 1);
    expect(expectation(newMixture('0'), 8)).toBeLessThanOrEqual(1 + 1e-12);
  });

  it('never rises with values below the threshold, and never becomes infinite', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 80 }), (harms) => {
        let state = newMixture('0');
        for (const harm of harms) {
          const next = take(state, [one(harm)]);
          if (harm <= 0.1 && next.joined === state.joined && state.observations > 0)
            expect(next.logEValue).toBeLessThanOrEqual(state.logEValue + 1e-12);
          expect(Number.isFinite(next.logEValue)).toBe(true);
          state = next;
        }
      }),
    );
  });
});
