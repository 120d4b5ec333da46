import type { Experiment } from '../../src/experiments/experiment.js';
import { sharedParameterWarnings } from '../../src/experiments/shared-parameters.js';
import { experimentWith, variant } from '../bucketing/experiment-fixtures.js';

const setting = (parameter: string) =>
  ['control', 'treatment'].map((key) => ({ ...variant(key), config: { [parameter]: key, maxTokens: 500 } }));
const draft = (changes: Partial<Experiment> = {}) =>
  experimentWith({ id: 1, key: 'new', status: 'draft', variants: setting('systemPrompt'), ...changes });
const other = (changes: Partial<Experiment> = {}) =>
  experimentWith({ id: 2, key: 'old', variants: setting('systemPrompt'), ...changes });
const warned = (one: Experiment, two: Experiment, places: Record<string, string[]> = {}) =>
  sharedParameterWarnings(one, [one, two], (key) => places[key] ?? []).length > 0;

describe('a parameter that two experiments set', () => {
  it('is warned of, naming the other and the parameter, not what all variants have alike', () => {
    const [warning] = sharedParameterWarnings(draft(), [other()], () => []);
    expect(warning).toMatchObject({ code: 'SHARED_PARAMETER' });
    expect(warning?.message).toContain('"old" is under way and sets systemPrompt too');
    expect(warned(draft(), other({ variants: setting('temperature') }))).toBe(false);
  });

  it('is warned of once, naming ten of the others and how many more there are', () => {
    const others = (count: number) =>
      Array.from({ length: count }, (_, index) => other({ id: index + 2, key: `old-${index}` }));
    const messages = (count: number) =>
      sharedParameterWarnings(draft(), others(count), () => []).map(({ message }) => message);
    expect(messages(0)).toEqual([]);
    expect(messages(2)).toEqual([
      '"old-0" and "old-1" are under way and set systemPrompt too; where several serve one request, only one of them can. ' +
        'Give them all the same "layer", so that no unit meets more than one, or start this one when the others have ended.',
    ]);
    expect(messages(10)[0]).toContain('"old-8" and "old-9" are under way');
    expect(messages(13)).toEqual([expect.stringMatching(/^"old-0", .*"old-9" and 3 more are under way/)]);
  });

  it('names what any of the others shares', () => {
    const both = (key: string) => ({ systemPrompt: key, model: key });
    const own = ['control', 'treatment'].map((key) => ({ ...variant(key), config: both(key) }));
    const others = [other(), other({ id: 3, key: 'models', variants: setting('model') })];
    const [warning] = sharedParameterWarnings(draft({ variants: own }), others, () => []);
    expect(warning?.message).toContain('"old" and "models" are under way and set model, systemPrompt too');
  });

  it('is none of theirs who can share no unit', () => {
    const layer = { key: 'prompts', percent: 50, slots: null, salt: null };
    expect(warned(draft({ layer }), other({ layer }))).toBe(false);
    expect(warned(draft({ layer }), other({ layer: { ...layer, key: 'models' } }))).toBe(true);
    expect(warned(draft(), other({ unit: 'session' }))).toBe(false);
    expect(warned(draft(), other({ status: 'concluded' }))).toBe(false);
    expect(warned(draft({ status: 'archived' }), other())).toBe(false);
  });

  it('matters on the places in the code that both decorate, where these are known', () => {
    expect(warned(draft(), other(), { new: ['A.a'], old: ['B.b'] })).toBe(false);
    expect(warned(draft(), other({ unit: 'session' }), { new: ['A.a', 'B.b'], old: ['B.b'] })).toBe(true);
    expect(warned(draft(), other(), { old: ['B.b'] })).toBe(false);
  });
});
