import { holdbackEffects } from '../../../src/analysis/time/holdback-effects.js';
import { experimentWith, firstEpoch, nextEpoch } from '../../bucketing/experiment-fixtures.js';
import { Draws } from '../../statistics/bars/draws.js';
import { metricWith, numbersIn } from '../metric-fixtures.js';
import { day, simulate, timeReportOf, type SimulatedUnit } from './simulated-units.js';

const experiment = experimentWith({ holdback: 10 });
const rating = metricWith();
const draws = new Draws(21);
const world = { units: 700, days: 7, arrival: 14, effect: () => 0.5, draws };

/** Control and treatment, with a holdback that does as the control does. */
const tested = simulate(world);
const heldBack = (units: readonly SimulatedUnit[]) =>
  units.filter(({ variant }) => variant === 'control').map((unit) => ({ ...unit, variant: '$holdback' }));
const test = [...tested, ...heldBack(simulate({ ...world, units: 150 }))];

const meanOf = (units: readonly SimulatedUnit[]) => {
  const values = units.flatMap((unit) => unit.values.map(({ value }) => value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};
const of = (units: readonly SimulatedUnit[], ...variants: string[]) =>
  units.filter(({ variant }) => variants.includes(variant));

describe('the holdback', () => {
  it('is compared with everyone and with each variant, by the means of all events', async () => {
    const { holdback } = await timeReportOf(experiment, rating, test);
    expect(holdback.map(({ variant, phase }) => [variant, phase])).toEqual([
      ['$everyone', 0],
      ['control', 0],
      ['treatment', 0],
    ]);
    const [everyone, control, treatment] = holdback;
    const base = meanOf(of(test, '$holdback'));
    expect(everyone?.difference).toBeCloseTo(meanOf(of(test, 'control', 'treatment')) - base, 10);
    expect(control?.difference).toBeCloseTo(meanOf(of(test, 'control')) - base, 10);
    expect(treatment?.difference).toBeCloseTo(meanOf(of(test, 'treatment')) - base, 10);
    const active = (...variants: string[]) =>
      of(test, ...variants).filter(({ values }) => values.length > 0).length;
    expect(everyone?.units).toEqual([active('$holdback'), active('control', 'treatment')]);
    expect(treatment).toMatchObject({ alpha: 0.05, reason: null });
    // A confidence sequence: wider than the interval of a single look, and the effect of 0.5 is in it.
    expect(treatment?.interval?.[0]).toBeLessThan(0.5);
    expect(treatment?.interval?.[1]).toBeGreaterThan(0.5);
  });

  it('is nothing to speak of without units in it', async () => {
    expect((await timeReportOf(experiment, rating, tested)).holdback).toEqual([]);
    expect((await timeReportOf(experiment, rating, of(test, '$holdback'))).holdback).toEqual([]);
  });

  it('leaves out who was held back on days when no variant was exposed, as after the conclusion', async () => {
    const late = heldBack(simulate({ ...world, units: 300 })).map((unit) => ({
      ...unit,
      exposedAt: new Date(unit.exposedAt.getTime() + 40 * day),
      values: unit.values.map((each) => ({ ...each, value: each.value + 100 })),
    }));
    const before = await timeReportOf(experiment, rating, test);
    const after = await timeReportOf({ ...experiment, status: 'concluded' }, rating, [...test, ...late]);
    expect(after.holdback).toEqual(before.holdback);
  });

  it('is compared in the latest stage of a rollout that has both', async () => {
    const epoch = firstEpoch(experiment);
    const stages = [1, 2].map((phase) => ({
      ...nextEpoch(experiment, epoch, [10, 90]),
      phase,
      number: 1 + phase,
    }));
    const staged = test.map((unit) => ({
      ...unit,
      phase: 1,
      epoch: 2,
      exposedAt: new Date(unit.exposedAt.getTime() + 30 * day),
    }));
    const shipped = of(test, '$holdback').map((unit) => ({
      ...unit,
      phase: 2,
      epoch: 3,
      exposedAt: new Date(unit.exposedAt.getTime() + 60 * day),
    }));
    const done = { ...experiment, status: 'concluded' as const, phase: 2, decidedVariant: 'treatment' };
    const { holdback } = await timeReportOf(done, rating, [...test, ...staged, ...shipped], {
      epochs: [epoch, ...stages],
    });
    expect(holdback.map(({ variant, phase }) => `${phase} ${variant}`)).toEqual([
      '0 $everyone',
      '0 control',
      '0 treatment',
      '1 $everyone',
      '1 control',
      '1 treatment',
    ]);
    expect(holdback[3]?.difference).toBeCloseTo(holdback[0]?.difference ?? NaN, 10);
  });

  it('says why there is no interval: too few units, no outcome, no variance', async () => {
    const few = [...of(test, 'control', 'treatment'), ...of(test, '$holdback').slice(0, 20)];
    const { holdback } = await timeReportOf(experiment, rating, few);
    expect(holdback[0]).toMatchObject({
      interval: null,
      reason: expect.stringMatching(/repeated looks need 25/),
    });
    expect(holdback[0]?.difference).not.toBeNull();
    const silent = test.map((unit) => (unit.variant === '$holdback' ? { ...unit, values: [] } : unit));
    expect((await timeReportOf(experiment, rating, silent)).holdback[0]).toMatchObject({
      units: [0, 0],
      difference: null,
      interval: null,
      reason: expect.stringMatching(/fewer than 2 matured units/),
    });
    const constant = test.map((unit) => ({
      ...unit,
      values: unit.values.map((each) => ({ ...each, value: 2 })),
    }));
    const same = (await timeReportOf(experiment, rating, constant)).holdback;
    expect(same[0]).toMatchObject({
      difference: 0,
      interval: null,
      reason: expect.stringMatching(/same value/),
    });
    expect(numbersIn(same).every(Number.isFinite)).toBe(true);
  });

  it('has nothing to be compared with where nobody came', () => {
    const nobody = { phase: 0, periods: [], cohorts: { totals: [], exposed: [] } };
    expect(holdbackEffects(experiment, [rating], nobody)).toEqual([]);
  });
});
