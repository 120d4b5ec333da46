import { complierEffect, type ServedUnit } from '../../src/statistics/complier-effect.js';
import { compareEstimates } from '../../src/statistics/difference.js';
import { jackknifeRatio } from '../../src/statistics/ratio.js';
import { Draws } from './bars/draws.js';

const rows = (units: readonly ServedUnit[]) =>
  units.map(({ sum, events }) => ({ sum, events, sumSquares: 0 }));

/** Users who would always be served what they were assigned, and those for whom it always fails; the latter rate lower. */
function world(
  units: number,
  draws: Draws,
  effect: number,
): { control: ServedUnit[]; treatment: ServedUnit[] } {
  const arm = (assigned: boolean) =>
    Array.from({ length: units }, (): ServedUnit => {
      const fails = draws.coin(0.2) === 1;
      const events = 1 + Math.floor(3 * draws.uniform());
      const level = (fails ? 2 : 3) + 0.5 * draws.normal();
      const served = assigned && !fails;
      const sum = Array.from({ length: events }, () => level + (served ? effect : 0) + draws.normal());
      return { sum: sum.reduce((total, value) => total + value, 0), events, served: served ? events : 0 };
    });
  return { control: arm(false), treatment: arm(true) };
}

it('is the plain difference where everybody was served as assigned', () => {
  const { control, treatment } = world(300, new Draws(1), 0.3);
  const all = treatment.map((unit) => ({ ...unit, served: unit.events }));
  const plain = compareEstimates(jackknifeRatio(rows(control)), jackknifeRatio(rows(all)), 0.05);
  if (plain.status !== 'ok') throw new Error('no difference');
  const found = complierEffect(control, all, 0.05);
  if (found.status !== 'ok') throw new Error(found.reason);
  expect(found.effect).toBeCloseTo(plain.difference, 12);
  expect(found.interval[0]).toBeCloseTo(plain.interval[0], 6);
  expect(found.interval[1]).toBeCloseTo(plain.interval[1], 6);
  expect(found.served).toBe(1);
});

it('is two-stage least squares of one event a unit, with errors that differ between the arms', () => {
  const { control: base, treatment: other } = world(400, new Draws(2), 0.3);
  const single = ({ sum, events, served }: ServedUnit): ServedUnit => ({
    sum: sum / events,
    events: 1,
    served: served / events,
  });
  const [control, treatment] = [base.map(single), other.map(single)];
  const found = complierEffect(control, treatment, 0.05);
  if (found.status !== 'ok') throw new Error(found.reason);
  // Wald's estimator and White's variance, term by term: Angrist, Pischke 2009, Mostly Harmless Econometrics, sections 4.1 and 4.2.
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = mean(treatment.map(({ served }) => served));
  const effect = (mean(treatment.map(({ sum }) => sum)) - mean(control.map(({ sum }) => sum))) / share;
  const spread = (units: readonly ServedUnit[]) => {
    const rest = units.map(({ sum, served }) => sum - effect * served);
    const middle = mean(rest);
    return rest.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (units.length - 1) / units.length;
  };
  const standardError = Math.sqrt(spread(control) + spread(treatment)) / share;
  expect(found.effect).toBeCloseTo(effect, 12);
  // Of 798 degrees of freedom t is 1.963, against 1.960 of the normal.
  expect((found.interval[1] - found.interval[0]) / (2 * standardError)).toBeCloseTo(1.963, 2);
});

it('holds the effect on those who are reached, which sorting by what was served misses', () => {
  const truth = 0.3;
  const draws = new Draws(3);
  let [held, sorted] = [0, 0];
  const rounds = 1_000;
  for (let round = 0; round < rounds; round += 1) {
    const { control, treatment } = world(250, draws, truth);
    const found = complierEffect(control, treatment, 0.05);
    if (found.status === 'ok' && found.interval[0] < truth && truth < found.interval[1]) held += 1;
    const served = treatment.filter((unit) => unit.served > 0);
    const rest = [...control, ...treatment.filter((unit) => unit.served === 0)];
    const naive = compareEstimates(jackknifeRatio(rows(rest)), jackknifeRatio(rows(served)), 0.05);
    if (naive.status === 'ok' && naive.interval[0] < truth && truth < naive.interval[1]) sorted += 1;
  }
  // 95 % with a standard error of 0.7 % over 1,000 rounds.
  expect(held / rounds).toBeGreaterThan(0.93);
  expect(held / rounds).toBeLessThan(0.97);
  expect(sorted / rounds).toBeLessThan(0.6);
});

it('says nothing where hardly anybody was reached, or control was too', () => {
  const { control, treatment } = world(50, new Draws(4), 0.3);
  const rare = treatment.map((unit, place) => (place === 0 ? unit : { ...unit, served: 0 }));
  expect(complierEffect(control, rare, 0.05)).toEqual({
    status: 'insufficient',
    reason: 'Too little was served as assigned.',
  });
  expect(complierEffect(treatment, treatment, 0.05)).toMatchObject({
    status: 'insufficient',
    reason: 'Units of the control were served the treatment.',
  });
  expect(() => complierEffect(control, treatment, 0)).toThrow('alpha');
});
