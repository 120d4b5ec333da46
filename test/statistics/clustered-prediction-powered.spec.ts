import fc from 'fast-check';
import { seededRandom } from '../../src/llm/simulated/seeded-random.js';
import {
  clusteredPredictionPowered,
  type ClusteredPredictionPowered,
} from '../../src/statistics/clustered-prediction-powered.js';
import { compareEstimates } from '../../src/statistics/difference.js';
import type { Insufficient } from '../../src/statistics/estimate.js';
import { predictionPoweredMean } from '../../src/statistics/prediction-powered.js';
import { jackknifeRatio } from '../../src/statistics/ratio.js';
import { judgedByUnit, judgedUnit, type JudgedInteraction } from './judged-units.js';
import { rowOf } from './unit-rows.js';

const score = fc.double({ min: -50, max: 50, noNaN: true }).map((value) => Number(value.toFixed(3)));
const interaction: fc.Arbitrary<JudgedInteraction> = fc.record({
  judge: score,
  label: fc.option(score, { nil: null, freq: 2 }),
});
const anyUnits = fc.array(fc.array(interaction, { maxLength: 6 }), { maxLength: 30 });

function ok(result: ClusteredPredictionPowered | Insufficient): ClusteredPredictionPowered {
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

describe('clusteredPredictionPowered', () => {
  it('is predictionPoweredMean when every unit has one interaction', () => {
    const labelled = fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 40 });
    const judged = fc.array(score, { minLength: 2, maxLength: 80 });
    fc.assert(
      fc.property(labelled, judged, (pairs, judgeElsewhere) => {
        const [human, judgeOnSame] = [pairs.map(([label]) => label), pairs.map(([, judge]) => judge)];
        const plain = predictionPoweredMean({ human, judgeOnSame, judgeElsewhere }, 0.05);
        fc.pre(plain.status === 'ok' && plain.variance > 1e-12);
        if (plain.status !== 'ok') return;
        const units = [
          ...pairs.map(([label, judge]) => judgedUnit([{ label, judge }])),
          ...judgeElsewhere.map((judge) => judgedUnit([{ judge, label: null }])),
        ];
        for (const weighing of ['interaction', 'unit'] as const) {
          const clustered = ok(clusteredPredictionPowered(units, weighing));
          expect(Math.abs(clustered.value - plain.value)).toBeLessThan(1e-9);
          expect(Math.abs(clustered.variance / plain.variance - 1)).toBeLessThan(1e-9);
          expect(Math.abs(clustered.reliance - plain.reliance)).toBeLessThan(1e-9);
          expect([clustered.units, clustered.labels]).toEqual([plain.units, plain.units]);
        }
      }),
    );
  });

  it('is the mean over labels with units as clusters when the judge scored nothing else', () => {
    const values = [[3, 4], [5], [1, 2, 2], [4], [5, 5]];
    const units = values.map((own) => judgedUnit(own.map((label) => ({ label, judge: 1 }))));
    // d_u = (S_u − n_u 31/9) / (9 − n_u), and Σ d_u² × 4/5 × 8/9.
    const shifts = values.map((own) => (rowOf(own).sum - (own.length * 31) / 9) / (9 - own.length));
    const squares = shifts.reduce((sum, shift) => sum + shift ** 2, 0);
    const result = ok(clusteredPredictionPowered(units, 'interaction'));
    expect(result).toMatchObject({
      value: expect.closeTo(31 / 9, 12) as number,
      variance: expect.closeTo((squares * 32) / 45, 12) as number,
      reliance: 0,
      units: 5,
      labels: 9,
    });
    // The same up to divisor n for the labels, and to the mean of the shifts, which is small.
    const people = jackknifeRatio(values.map((own) => rowOf(own)));
    if (people.status !== 'ok') throw new Error(people.reason);
    expect(result.variance / people.variance).toBeCloseTo(8 / 9, 1);
  });

  it('counts every unit the same when it is asked to', () => {
    // Means of the units: 3.5, 5, 5/3, 4, 5; their mean is 3.8333…
    const values = [[3, 4], [5], [1, 2, 2], [4], [5, 5]];
    const units = values.map((own) => judgedUnit(own.map((label) => ({ label, judge: 1 }))));
    expect(ok(clusteredPredictionPowered(units, 'unit')).value).toBeCloseTo(23 / 6, 12);
  });

  it('counts the covariance of a unit that is in both samples', () => {
    // Each unit's label, score there and score elsewhere are one number x: θ = x̄ whatever λ, for λ multiplies nothing.
    const units = [1, 4, 2, 8, 5].map((x) =>
      judgedUnit([
        { label: x, judge: x },
        { label: null, judge: x },
      ]),
    );
    // Variance of 1, 4, 2, 8, 5 with divisor 5 is 6; over 5 units 1.2.
    expect(ok(clusteredPredictionPowered(units, 'interaction'))).toMatchObject({
      value: expect.closeTo(4, 12) as number,
      variance: expect.closeTo(1.2, 12) as number,
    });
  });

  it('takes out the bias of a judge, and does without one that says the same or the opposite', () => {
    const random = seededRandom('judges');
    const data = judgedByUnit({ units: 400, judge: { sensitivity: 0.95, specificity: 0.9 } }, random);
    const with_ = (judge: (own: JudgedInteraction) => number) =>
      ok(
        clusteredPredictionPowered(
          data.map((own) => judgedUnit(own.map((each) => ({ ...each, judge: judge(each) })))),
          'interaction',
        ),
      );
    const plain = with_(({ judge }) => judge);
    // A judge that adds the same to every score changes nothing.
    const biased = with_(({ judge }) => judge + 0.3);
    expect(biased.value).toBeCloseTo(plain.value, 12);
    expect(biased.variance).toBeCloseTo(plain.variance, 12);
    const people = with_(() => 1);
    expect(people.reliance).toBe(0);
    expect(with_(({ judge }) => 1 - judge)).toMatchObject({ reliance: 0, value: people.value });
    expect(plain.reliance).toBeGreaterThan(0.5);
    expect(plain.variance).toBeLessThan(people.variance / 1.5);
  });

  it('follows a change of scale', () => {
    fc.assert(
      fc.property(anyUnits, fc.constantFrom(1e-6, 0.5, 1e6), (data, factor) => {
        const of = (scale: number) =>
          clusteredPredictionPowered(
            data.map((own) =>
              judgedUnit(
                own.map(({ judge, label }) => ({
                  judge: judge * scale,
                  label: label === null ? null : label * scale,
                })),
              ),
            ),
            'interaction',
          );
        const [plain, scaled] = [of(1), of(factor)];
        fc.pre(plain.status === 'ok' && plain.variance > 1e-9);
        if (plain.status !== 'ok' || scaled.status !== 'ok') throw new Error('no result');
        expect(scaled.value / factor).toBeCloseTo(plain.value, 8);
        expect(scaled.variance / factor ** 2 / plain.variance).toBeCloseTo(1, 6);
      }),
    );
  });

  it('gives finite numbers or a reason, whatever the data', () => {
    fc.assert(
      fc.property(anyUnits, fc.constantFrom('interaction' as const, 'unit' as const), (data, weighing) => {
        const result = clusteredPredictionPowered(data.map(judgedUnit), weighing);
        if (result.status !== 'ok') return expect(result.reason).not.toBe('');
        for (const value of [result.value, result.variance, result.reliance])
          expect(Number.isFinite(value)).toBe(true);
        expect(result.variance).toBeGreaterThan(0);
        expect(result.reliance).toBeGreaterThanOrEqual(0);
        expect(result.reliance).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each<[JudgedInteraction[][], RegExp]>([
    [[], /labels by people, 0 of the 2 needed/],
    [[[{ judge: 1, label: 1 }], [{ judge: 1, label: null }]], /labels by people, 1 of the 2 needed/],
    [
      [
        [
          { judge: 1, label: 1 },
          { judge: 0, label: 0 },
        ],
        [{ judge: 1, label: null }],
      ],
      /of one unit/,
    ],
    [
      [[{ judge: 0.2, label: 0.1 }], [{ judge: 0.2, label: 0.1 }], [{ judge: 0.2, label: 0.1 }]],
      /are the same/,
    ],
  ])('says what is missing (%#)', (data, reason) => {
    const result = clusteredPredictionPowered(data.map(judgedUnit), 'interaction');
    expect(result).toMatchObject({ status: 'insufficient', reason: expect.stringMatching(reason) as string });
  });

  it('holds the truth as often as it says where a judge likes one of two equal variants, and the judge never', () => {
    const random = seededRandom('favourite');
    const repetitions = 250;
    const holds = { corrected: 0, judge: 0 };
    const share = { corrected: 0, people: 0 };
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const data = [
        judgedByUnit({ units: 250, judge: { sensitivity: 0.9, specificity: 0.7 } }, random),
        judgedByUnit({ units: 250, judge: { sensitivity: 0.95, specificity: 0.35 } }, random),
      ];
      const corrected = difference(
        data.map((own) => clusteredPredictionPowered(own.map(judgedUnit), 'interaction')),
      );
      const people = difference(data.map((own) => jackknifeRatio(labelRows(own))));
      const judge = difference(
        data.map((own) => jackknifeRatio(own.map((each) => rowOf(each.map((one) => one.judge))))),
      );
      holds.corrected += contains(corrected) ? 1 : 0;
      holds.judge += contains(judge) ? 1 : 0;
      share.corrected += corrected.standardError / repetitions;
      share.people += people.standardError / repetitions;
    }
    expect(holds.corrected / repetitions).toBeGreaterThan(
      0.935 - 3 * Math.sqrt((0.935 * 0.065) / repetitions),
    );
    expect(holds.judge / repetitions).toBeLessThan(0.01);
    expect(share.corrected).toBeLessThan(0.97 * share.people);
  }, 60_000);
});

function difference(pair: readonly Parameters<typeof compareEstimates>[0][]) {
  const [control, treatment] = pair;
  if (!control || !treatment) throw new Error('two variants were drawn');
  const result = compareEstimates(control, treatment, 0.05);
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

function labelRows(units: readonly (readonly JudgedInteraction[])[]) {
  const labels = units.map((own) => own.flatMap(({ label }) => (label === null ? [] : [label])));
  return labels.filter((own) => own.length > 0).map((own) => rowOf(own));
}

function contains({ interval: [low, high] }: { readonly interval: readonly [number, number] }): boolean {
  return low <= 0 && high >= 0;
}
