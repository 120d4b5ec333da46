import { judgedEstimates, leastLabels } from '../../../src/analysis/measurement/judged-estimates.js';
import { seededRandom } from '../../../src/llm/simulated/seeded-random.js';
import { clusteredPredictionPowered } from '../../../src/statistics/clustered-prediction-powered.js';
import { compareEstimates } from '../../../src/statistics/difference.js';
import { judgedByUnit, judgedUnit, type JudgedInteraction } from '../../statistics/judged-units.js';
import { metricWith } from '../metric-fixtures.js';

const random = seededRandom('judged');
const data = judgedByUnit({ units: 200, judge: { sensitivity: 0.9, specificity: 0.7 } }, random);
const units = data.map(judgedUnit);
const metric = metricWith({ key: 'judge_score', labels: 'expert_score' });

/** Interactions with a label, each of another unit, and as many without. */
const labelled = (count: number): JudgedInteraction[][] =>
  Array.from({ length: 2 * count }, (_, place) => [
    { judge: place % 3, label: place < count ? place % 2 : null },
  ]);

describe('judgedEstimates', () => {
  it('gives each variant its corrected mean, with how many labels it rests on and how far the judge was relied on', () => {
    const [control] = judgedEstimates([{ variant: 'control', units }], metric);
    const expected = clusteredPredictionPowered(units, 'interaction');
    if (expected.status !== 'ok') throw new Error(expected.reason);
    const { value, variance, reliance, labels } = expected;
    expect(control).toEqual({
      variant: 'control',
      estimate: { status: 'ok', value, variance, units: expected.units },
      labels,
      reliance,
    });
    expect(labels).toBe(data.flat().filter(({ label }) => label !== null).length);
    expect(reliance).toBeGreaterThan(0.3);
  });

  it('counts every unit the same under kind mean-per-unit', () => {
    const [found] = judgedEstimates([{ variant: 'control', units }], { ...metric, kind: 'mean-per-unit' });
    const expected = clusteredPredictionPowered(units, 'unit');
    if (expected.status !== 'ok' || found?.estimate.status !== 'ok') throw new Error('no result');
    expect(found.estimate.value).toBe(expected.value);
    expect(clusteredPredictionPowered(units, 'interaction')).not.toMatchObject({ value: expected.value });
  });

  it('says how many labels there are when they are too few, for that variant alone', () => {
    const samples = [
      { variant: 'control', units: labelled(leastLabels).map(judgedUnit) },
      { variant: 'few', units: labelled(leastLabels - 1).map(judgedUnit) },
      { variant: 'empty', units: [] },
    ];
    const found = judgedEstimates(samples, metric);
    expect(found[0]).toMatchObject({ labels: 30, estimate: { status: 'ok' } });
    expect(found.slice(1)).toEqual([
      {
        variant: 'few',
        estimate: { status: 'insufficient', reason: '29 labels by people, and 30 are needed.' },
        labels: 29,
        reliance: null,
      },
      {
        variant: 'empty',
        estimate: { status: 'insufficient', reason: '0 labels by people, and 30 are needed.' },
        labels: 0,
        reliance: null,
      },
    ]);
    const [control, few] = found.map(({ estimate }) => estimate);
    if (!control || !few) throw new Error('three variants were given');
    expect(compareEstimates(control, few, 0.05)).toEqual({
      status: 'insufficient',
      reason: 'Treatment: 29 labels by people, and 30 are needed.',
    });
  });

  it.each([
    ['one unit', [Array.from({ length: 40 }, (_, place) => ({ judge: 1, label: place % 2 }))], /of one unit/],
    [
      'labels that are all the same',
      Array.from({ length: 40 }, () => [{ judge: 1, label: 1 }]),
      /are the same/,
    ],
  ])('gives a reason for %s', (_name, interactions, reason) => {
    const [found] = judgedEstimates([{ variant: 'control', units: interactions.map(judgedUnit) }], metric);
    expect(found).toMatchObject({
      estimate: { status: 'insufficient', reason: expect.stringMatching(reason) as string },
      labels: 40,
      reliance: null,
    });
  });
});
