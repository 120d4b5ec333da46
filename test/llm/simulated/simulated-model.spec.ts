import { seededRandom } from '../../../src/llm/simulated/seeded-random.js';
import { drawFailure, drawTimings, simulatedModel } from '../../../src/llm/simulated/simulated-model.js';

const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

function firstTokens(model: string): number[] {
  const random = seededRandom(model);
  return Array.from({ length: 4000 }, () => drawTimings(simulatedModel(model), random).firstToken);
}

it('makes small models faster than large ones', () => {
  const [haiku, sonnet, opus] = ['claude-haiku-4-5', 'claude-sonnet-4-6', 'claude-opus-4-5'].map((model) =>
    median(firstTokens(model)),
  );
  expect(haiku).toBeLessThan(sonnet ?? NaN);
  expect(sonnet).toBeLessThan(opus ?? NaN);
});

it('has a median time to first token as its table says', () => {
  // Standard error of the median, 1.2533 sigma / sqrt(n) in logarithms: 0.6 %; four of them.
  expect(Math.abs(Math.log(median(firstTokens('claude-haiku-4-5')) / 350))).toBeLessThan(0.024);
});

it('fails at the given rate, mostly by overload', () => {
  const random = seededRandom('failures');
  const drawn = Array.from({ length: 50_000 }, () => drawFailure(0.1, random));
  const failed = drawn.filter((kind) => kind !== null);
  // Four standard errors of a share of 0.1 over 50000 draws.
  expect(Math.abs(failed.length / drawn.length - 0.1)).toBeLessThan(0.0054);
  expect(new Set(failed)).toEqual(new Set(['overloaded', 'rate-limited', 'failed']));
  expect(failed.filter((kind) => kind === 'overloaded').length / failed.length).toBeCloseTo(0.5, 1);
});

it('never fails at rate 0 and always at rate 1', () => {
  const random = seededRandom('edges');
  for (let draw = 0; draw < 1000; draw += 1) {
    expect(drawFailure(0, random)).toBeNull();
    expect(drawFailure(1, random)).not.toBeNull();
  }
});
