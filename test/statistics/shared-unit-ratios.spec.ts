import { compareEstimates } from '../../src/statistics/difference.js';
import { jackknifeRatio } from '../../src/statistics/ratio.js';
import { sharedUnitRatios, type SharedUnit } from '../../src/statistics/shared-unit-ratios.js';
import { Draws } from './bars/draws.js';

const none = { controlSum: 0, controlEvents: 0, treatmentSum: 0, treatmentEvents: 0 };

/** Units with a level of their own, most with events on one side and some on both. */
function units(count: number, draws: Draws, effect: number): SharedUnit[] {
  const events = (level: number): number[] =>
    Array.from({ length: 1 + Math.floor(3 * draws.uniform()) }, () => level + draws.normal());
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  return Array.from({ length: count }, (_, place): SharedUnit => {
    const level = 3 + 2 * draws.normal();
    const [control, treatment] = [events(level), events(level + effect)];
    return {
      ...none,
      ...(place % 4 !== 0 && { controlSum: sumOf(control), controlEvents: control.length }),
      ...(place % 4 !== 1 && { treatmentSum: sumOf(treatment), treatmentEvents: treatment.length }),
    };
  });
}

it('is the plain comparison of two groups that share nobody', () => {
  const drawn = units(2_000, new Draws(5), 0.4);
  const [control, treatment] = [drawn.slice(0, 1_000), drawn.slice(1_000)];
  const disjoint = [
    ...control.map(({ controlSum, controlEvents }) => ({ ...none, controlSum, controlEvents })),
    ...treatment.map(({ treatmentSum, treatmentEvents }) => ({ ...none, treatmentSum, treatmentEvents })),
  ].filter((unit) => unit.controlEvents + unit.treatmentEvents > 0);
  const rows = (side: readonly (readonly [number, number])[]) =>
    side.filter(([, events]) => events > 0).map(([sum, events]) => ({ sum, events, sumSquares: 0 }));
  const plain = compareEstimates(
    jackknifeRatio(rows(control.map((unit) => [unit.controlSum, unit.controlEvents]))),
    jackknifeRatio(rows(treatment.map((unit) => [unit.treatmentSum, unit.treatmentEvents]))),
    0.05,
  );
  const found = sharedUnitRatios(disjoint, 0.05);
  if (plain.status !== 'ok' || found.status !== 'ok') throw new Error('no difference');
  expect(found.difference).toBeCloseTo(plain.difference, 12);
  // (U − 1) / U is taken of all units together instead of each side.
  for (const end of [0, 1] as const) expect(found.interval[end]).toBeCloseTo(plain.interval[end], 2);
});

it('holds the difference at its level where most units are on both sides, and is the narrower for it', () => {
  const draws = new Draws(6);
  let [held, narrower] = [0, 0];
  const rounds = 1_000;
  for (let round = 0; round < rounds; round += 1) {
    const drawn = units(120, draws, 0.4);
    const found = sharedUnitRatios(drawn, 0.05);
    if (found.status !== 'ok') throw new Error(found.reason);
    if (found.interval[0] < 0.4 && 0.4 < found.interval[1]) held += 1;
    const apart = sharedUnitRatios(
      drawn.flatMap((unit) => [
        { ...unit, treatmentSum: 0, treatmentEvents: 0 },
        { ...unit, controlSum: 0, controlEvents: 0 },
      ]),
      0.05,
    );
    if (apart.status !== 'ok') throw new Error(apart.reason);
    if (found.interval[1] - found.interval[0] < apart.interval[1] - apart.interval[0]) narrower += 1;
  }
  // 95 % with a standard error of 0.7 % over 1,000 rounds.
  expect(held / rounds).toBeGreaterThan(0.925);
  expect(held / rounds).toBeLessThan(0.975);
  expect(narrower).toBe(rounds);
});

it('needs two units on either side, none of which is all of it', () => {
  const one = { ...none, controlSum: 3, controlEvents: 1 };
  expect(sharedUnitRatios([one, { ...none, treatmentSum: 2, treatmentEvents: 1 }], 0.05)).toMatchObject({
    status: 'insufficient',
  });
});
