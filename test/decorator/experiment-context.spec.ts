import { ExperimentContext } from '../../src/decorator/experiment-context.service.js';
import { Interaction, type Measures } from '../../src/decorator/interaction/interaction.js';
import { RequestScope, withinRequest } from '../../src/decorator/request/request-scope.js';

describe('The context of an experiment', () => {
  const context = new ExperimentContext();

  function requestUnder(...keys: string[]) {
    const scope = new RequestScope();
    const sent: [string, Measures][] = [];
    for (const experiment of keys) {
      const served = { experiment, variant: 'treatment', config: {}, reason: 'split', token: null } as const;
      scope.interactions.set(
        experiment,
        new Interaction(served, (measures) => sent.push([experiment, measures])),
      );
    }
    const close = () => {
      const response = { isFinished: false, status: 200 };
      for (const interaction of scope.interactions.values()) interaction.close(response, 0);
      return sent;
    };
    return { scope, close };
  }

  it('answers what the request is served', () => {
    const { scope } = requestUnder('one');
    withinRequest(scope, () => {
      expect(context.variant().variant).toBe('treatment');
      expect(context.variant('one')).toBe(context.assignment());
    });
  });

  it('is not there outside of a request: nothing is answered or recorded, and what insists is told', () => {
    expect(context.assignment()).toBeNull();
    expect(() => context.record({ quality_score: 1 })).not.toThrow();
    expect(() => context.variant('one')).toThrow(
      /The variant of "one" can be read while answering .* this is not one/,
    );
  });

  it('tells which experiments there are to who asks for another, or for none among several', () => {
    const { scope } = requestUnder('one', 'two');
    withinRequest(scope, () => {
      expect(() => context.variant('three')).toThrow(/this one is under one, two/);
      expect(() => context.variant()).toThrow(/this one is under one, two/);
      expect(context.assignment('two')?.experiment).toBe('two');
    });
  });

  it('records for every experiment, or for the one named', () => {
    const { scope, close } = requestUnder('one', 'two');
    withinRequest(scope, () => {
      context.record({ copied: 1 });
      context.record({ quality_score: 0.5 }, 'two');
    });

    expect(close()).toEqual([
      ['one', { abandoned: 1, copied: 1 }],
      ['two', { abandoned: 1, copied: 1, quality_score: 0.5 }],
    ]);
  });
});
