import fc from 'fast-check';
import {
  generationTotals,
  type MeasuredGeneration,
} from '../../../src/decorator/interaction/generation-totals.js';

function generation(second: number, metrics: Record<string, number>, isFinished = true): MeasuredGeneration {
  return { startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)), isFinished, metrics };
}

const first = { error: 0, latency_ms: 800, ttft_ms: 90, input_tokens: 10, output_tokens: 20, cost_usd: 0.01 };
const second = { error: 0, latency_ms: 500, ttft_ms: 70, input_tokens: 1, output_tokens: 2, cost_usd: 0.02 };

describe('The totals of several generations', () => {
  it('of none are empty', () => {
    expect(generationTotals([])).toEqual({});
  });

  it('of one are its own figures', () => {
    expect(generationTotals([generation(0, first)])).toEqual(first);
  });

  it('add tokens and cost, and last from the first start to the last end', () => {
    const totals = generationTotals([generation(2, second), generation(0, first)]);

    // 2,000 ms between the starts, and 500 ms more until the second ends.
    expect(totals).toEqual({
      error: 0,
      latency_ms: 2500,
      ttft_ms: 90,
      input_tokens: 11,
      output_tokens: 22,
      cost_usd: expect.closeTo(0.03, 12),
    });
  });

  it('do not count calls side by side twice', () => {
    expect(generationTotals([generation(0, first), generation(0, second)]).latency_ms).toBe(800);
  });

  it('have an error if any failed, even if another made up for it', () => {
    const failed = generation(0, { error: 1, latency_ms: 10 }, false);
    expect(generationTotals([failed, generation(1, second)]).error).toBe(1);
  });

  it('have no cost where that of a finished generation is unknown, rather than a part of it', () => {
    const unpriced: Record<string, number> = { ...second };
    delete unpriced.cost_usd;
    expect(generationTotals([generation(0, first), generation(1, unpriced)])).not.toHaveProperty('cost_usd');
  });

  it('have the cost of the others where a failed generation was not charged', () => {
    const failed = generation(0, { error: 1, latency_ms: 10 }, false);
    expect(generationTotals([failed, generation(1, second)]).cost_usd).toBe(0.02);
  });

  it('never say abandoned: that is seen on the response', () => {
    expect(generationTotals([generation(0, { abandoned: 1, output_tokens: 4 }, false)])).toEqual({
      output_tokens: 4,
    });
  });

  it('do not depend on the order in which generations end', () => {
    const one = fc
      .tuple(fc.nat({ max: 1000 }), fc.nat({ max: 5000 }), fc.nat({ max: 100 }))
      .map(([at, latency, tokens]) => generation(at, { latency_ms: latency, output_tokens: tokens }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), (generations) => {
        expect(generationTotals([...generations].reverse())).toEqual(generationTotals(generations));
      }),
    );
  });
});
