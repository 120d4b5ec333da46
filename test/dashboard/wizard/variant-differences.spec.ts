import {
  differenceSentence,
  shortValue,
  variantDifferences,
} from '../../../src/dashboard/web/act/wizard/variant-differences.js';
import { configDifferences } from '../../../src/experiments/config-differences.js';

const named = (...configs: Readonly<Record<string, unknown>>[]) =>
  configs.map((config, place) => ({ key: `v${place}`, config }));

describe('what variants differ in', () => {
  it('is told by parameter, with what each has', () => {
    expect(variantDifferences(named({ model: 'a', topP: 1 }, { model: 'b', topP: 1 }, {}))).toEqual([
      {
        parameter: 'model',
        values: [
          { variant: 'v0', value: 'a' },
          { variant: 'v1', value: 'b' },
          { variant: 'v2', value: undefined },
        ],
      },
      {
        parameter: 'topP',
        values: [
          { variant: 'v0', value: 1 },
          { variant: 'v1', value: 1 },
          { variant: 'v2', value: undefined },
        ],
      },
    ]);
  });

  it.each([
    [{ model: 'a' }, { model: 'a' }],
    [{ nested: { a: 1, b: 2 } }, { nested: { b: 2, a: 1 } }],
    [{ list: [1, 2] }, { list: [2, 1] }],
    [{ model: 'a', temperature: 0 }, { systemPrompt: 's' }],
  ])('is what the server warns of: %j and %j', (one, other) => {
    const parameters = variantDifferences(named(one, other)).map(({ parameter }) => parameter);
    expect(parameters).toEqual(configDifferences([one, other]));
  });

  it('is one thing, or a reason to reconsider', () => {
    const sentence = (...configs: Readonly<Record<string, unknown>>[]) =>
      differenceSentence(variantDifferences(named(...configs)));
    expect(sentence({ model: 'a' }, { model: 'a' })).toContain('nothing to find');
    expect(sentence({ model: 'a' }, { model: 'b' })).toBe('The variants differ in the model alone.');
    expect(sentence({ model: 'a', topP: 1 }, { model: 'b', systemPrompt: 's' })).toBe(
      'The variants differ in the model, the system prompt and topP. Change one thing at a time, or nobody can say which of them made the difference.',
    );
  });

  it('fits on a line', () => {
    expect(shortValue('a\n  b')).toBe('a b');
    expect(shortValue({ a: 1 })).toBe('{"a":1}');
    expect(shortValue(undefined)).toBe('not set');
    expect(shortValue('x'.repeat(500))).toHaveLength(140);
  });
});
