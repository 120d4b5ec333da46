import {
  endingOf,
  outcomeOf,
  type Ending,
  type Thrown,
} from '../../../src/decorator/interaction/interaction-outcome.js';

describe('How a request ended', () => {
  it.each<[boolean, number, Thrown, Ending]>([
    [true, 200, 'nothing', 'answered'],
    [true, 302, 'nothing', 'answered'],
    [true, 404, 'refusal', 'refused'],
    [true, 404, 'nothing', 'refused'],
    [true, 200, 'refusal', 'refused'],
    [true, 500, 'nothing', 'failed'],
    [true, 503, 'error', 'failed'],
    [true, 200, 'error', 'failed'],
    [true, 400, 'error', 'failed'],
    [false, 200, 'nothing', 'abandoned'],
    [false, 200, 'error', 'failed'],
    [false, 200, 'refusal', 'failed'],
  ])('finished %p with %i and %s thrown: %4$s', (isFinished, status, thrown, ending) => {
    expect(endingOf({ isFinished, status }, thrown)).toBe(ending);
  });
});

describe('What is recorded by itself', () => {
  const generated = { error: 0, latency_ms: 700, output_tokens: 12 };

  it('of an answer is its latency, and that it was neither an error nor abandoned', () => {
    expect(outcomeOf('answered', 812, {})).toEqual({ error: 0, abandoned: 0, latency_ms: 812 });
  });

  it("of an answer with a generation has the generation's latency, once", () => {
    expect(outcomeOf('answered', 812, generated)).toEqual({ ...generated, abandoned: 0 });
  });

  it('of an answer given in place of a failed generation is an error', () => {
    expect(outcomeOf('answered', 812, { error: 1, latency_ms: 60 })).toMatchObject({ error: 1 });
  });

  it('of a failure is an error, even if the generation went well', () => {
    expect(outcomeOf('failed', 812, generated)).toEqual({ ...generated, error: 1, abandoned: 0 });
  });

  it('of a refusal is what the generation cost, and no verdict', () => {
    expect(outcomeOf('refused', 812, {})).toEqual({});
    expect(outcomeOf('refused', 812, generated)).toEqual(generated);
  });

  it('of an abandoned request is no latency, and no error unless one came first', () => {
    expect(outcomeOf('abandoned', 812, {})).toEqual({ abandoned: 1 });
    expect(outcomeOf('abandoned', 812, { error: 0, output_tokens: 3 })).toEqual({
      abandoned: 1,
      output_tokens: 3,
    });
    expect(outcomeOf('abandoned', 812, { error: 1 })).toEqual({ abandoned: 1, error: 1 });
  });
});
