import { predictionPoweredMean } from '../../src/statistics/prediction-powered.js';

const human = [1, 0, 1, 1, 0, 1, 0, 0, 1, 1];
const elsewhere = Array.from({ length: 1000 }, (_, item) => (item % 5 < 3 ? 1 : 0));

describe('predictionPoweredMean', () => {
  it('trusts a judge that always agrees as far as its labels carry, and is much narrower', () => {
    const alone = predictionPoweredMean({ human, judgeOnSame: human, judgeElsewhere: elsewhere }, 0.05, 0);
    const helped = predictionPoweredMean({ human, judgeOnSame: human, judgeElsewhere: elsewhere }, 0.05);
    if (alone.status !== 'ok' || helped.status !== 'ok') throw new Error('no result');
    expect(helped.reliance).toBeGreaterThan(0.95);
    expect(helped.variance).toBeLessThan(alone.variance / 20);
  });

  it('ignores a judge that says the same to everything', () => {
    const same = human.map(() => 1);
    const result = predictionPoweredMean(
      { human, judgeOnSame: same, judgeElsewhere: elsewhere.map(() => 1) },
      0.05,
    );
    expect(result).toMatchObject({ reliance: 0, value: 0.6 });
  });

  it('ignores a judge that says the opposite', () => {
    const opposite = human.map((label) => 1 - label);
    const result = predictionPoweredMean({ human, judgeOnSame: opposite, judgeElsewhere: elsewhere }, 0.05);
    expect(result).toMatchObject({ reliance: 0 });
  });

  it('is people alone when the judge labelled nothing else', () => {
    const result = predictionPoweredMean({ human, judgeOnSame: human, judgeElsewhere: [] }, 0.05, 1);
    expect(result).toMatchObject({ status: 'ok', reliance: 0, value: 0.6 });
  });

  it('takes out the bias of a judge that favours the variant', () => {
    // The judge gives 1 to everything people gave 1, and to two more of ten.
    const generous = [1, 1, 1, 1, 1, 1, 0, 0, 1, 1];
    const inflated = Array.from({ length: 1000 }, (_, item) => (item % 5 < 4 ? 1 : 0));
    const result = predictionPoweredMean({ human, judgeOnSame: generous, judgeElsewhere: inflated }, 0.05, 1);
    expect(result).toMatchObject({ value: expect.closeTo(0.6, 12) as number });
  });

  it.each([
    [{ human: [1], judgeOnSame: [1], judgeElsewhere: elsewhere }, /labels by people, 1 of the 2 needed/],
    [{ human, judgeOnSame: [1, 0], judgeElsewhere: elsewhere }, /10 human labels but 2/],
    [{ human: [1, 1, 1], judgeOnSame: [1, 1, 1], judgeElsewhere: [1, 1] }, /All labels are the same/],
  ])('says what is wrong with the labels (%#)', (items, reason) => {
    const result = predictionPoweredMean(items, 0.05);
    expect(result).toMatchObject({ status: 'insufficient', reason: expect.stringMatching(reason) as string });
  });
});
