import { asServed, type AnswersRead } from '../../../src/analysis/as-served/as-served.js';
import { asServedSection } from '../../../src/analysis/as-served/as-served-section.js';
import { fallbackOwner } from '../../../src/analysis/as-served/served-config.js';
import type { Experiment, VariantConfig } from '../../../src/experiments/experiment.js';
import type { UnitAnswers } from '../../../src/metrics/served-answers.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import { metricWith } from '../metric-fixtures.js';

const old = { model: 'claude-haiku-4-5', temperature: 0.3 };
const fresh = { model: 'claude-sonnet-4-6' };

function experiment(configs: Readonly<Record<string, VariantConfig>>): Experiment {
  const base = experimentWith();
  const [first] = base.variants;
  const variants = Object.entries(configs).map(([key, config]) => ({ ...first!, key, config }));
  return { ...base, variants };
}

const withOld = experiment({
  control: old,
  treatment: { ...fresh, fallbackConfig: old },
});

const answers = (
  variant: string,
  own: readonly [number, number],
  fallback: readonly [number, number] = [0, 0],
): UnitAnswers => ({
  variant,
  ownAnswers: own[0],
  ownSum: own[1],
  fallbackAnswers: fallback[0],
  fallbackSum: fallback[1],
});
const read = (units: readonly UnitAnswers[], changes: Partial<AnswersRead> = {}): AnswersRead => ({
  metric: metricWith(),
  units,
  sampled: 1,
  weightsChanged: false,
  ...changes,
});
/** Forty units a variant; of the treatment's 80 answers the fallback gave 8. */
const units = Array.from({ length: 40 }, (_, place) => [
  answers('control', [2, 6 + (place % 3)]),
  place % 5 === 0
    ? answers('treatment', [1, 4 + (place % 2)], [1, 2])
    : answers('treatment', [2, 8 + (place % 2)]),
]).flat();

it('sorts answers by the config that gave them, and says whose it is', () => {
  const found = asServed(withOld, read(units));
  expect(found?.groups).toMatchObject([
    { variant: 'control', by: 'own', servedAs: 'control', units: 40, answers: 80, share: 1 },
    { variant: 'treatment', by: 'own', servedAs: 'treatment', units: 40, answers: 72, share: 0.9 },
    { variant: 'treatment', by: 'fallback', servedAs: 'control', units: 8, answers: 8, share: 0.1, mean: 2 },
  ]);
  const [control, own] = [
    units.reduce((sum, unit) => sum + (unit.variant === 'control' ? unit.ownSum : 0), 0),
    72,
  ];
  const treatment = units.reduce((sum, unit) => sum + (unit.variant === 'treatment' ? unit.ownSum : 0), 0);
  // The fallback's eight answers, 2 each, count with control, whose config gave them.
  const [compared] = found?.comparisons ?? [];
  expect(compared?.difference).toBeCloseTo(treatment / own - (control + 16) / 88, 12);
  // As assigned, all answers of the treatment with it, over the nine tenths that were its own.
  expect(compared?.instrumental?.effect).toBeCloseTo(((treatment + 16) / 80 - control / 80) / 0.9, 12);
  expect(compared?.reason).toBeNull();
});

it('is nothing where no fallback answered', () => {
  expect(
    asServed(withOld, read(units.map((unit) => ({ ...unit, fallbackAnswers: 0, fallbackSum: 0 })))),
  ).toBeNull();
  expect(asServedSection([])).toEqual([]);
});

it('gives no effect by the assignment where its assumptions cannot hold, and says why', () => {
  const elsewhere = experiment({
    control: old,
    treatment: { ...fresh, fallbackConfig: { model: 'a third' } },
  });
  const [compared] = asServed(elsewhere, read(units))?.comparisons ?? [];
  expect(compared).toMatchObject({
    instrumental: null,
    reason:
      "The fallback of treatment is not control's config, so no one assumption tells what its own answers alone do.",
  });
  expect(compared?.difference).not.toBeNull();
  const both = experiment({
    control: { ...old, fallbackConfig: { model: 'a third' } },
    treatment: { ...fresh, fallbackConfig: old },
  });
  const fell = [...units, answers('control', [1, 3], [1, 3])];
  expect(asServed(both, read(fell))?.comparisons).toMatchObject([
    { instrumental: null, reason: 'Units of control were served by a fallback too.' },
  ]);
  expect(asServed(withOld, read(units, { weightsChanged: true }))?.comparisons).toMatchObject([
    {
      difference: null,
      interval: null,
      instrumental: null,
      reason: expect.stringContaining('weights changed'),
    },
  ]);
});

it('finds whose config a fallback is, whole or in part of an application’s', () => {
  expect(fallbackOwner(withOld, 'treatment')).toBe('control');
  expect(fallbackOwner(withOld, 'control')).toBeNull();
  const nested = experiment({
    control: { llm: old, title: 'A' },
    treatment: { llm: { ...fresh, fallbackConfig: old }, title: 'B' },
  });
  expect(fallbackOwner(nested, 'treatment')).toBe('control');
});

it('tells a newcomer what it is and what it is not', () => {
  const section = asServedSection([asServed(withOld, read(units, { sampled: 0.25 }))!]).join('\n');
  expect(section).toContain(
    "In 10 % of treatment's answers the variant's own model failed and its fallback answered instead.",
  );
  expect(section).toContain('no decision rests on them');
  expect(section).toContain("| user_rating | treatment | its fallback (control's config) | 8 | 8 | 2 |");
  expect(section).toContain('not randomised. What its own answers do to users who get them:');
  expect(section).toContain('Read from 25 % of all users');
});
