import { changedAt, valueAt } from '../../../src/dashboard/web/act/wizard/draft-change.js';
import { withoutVariant, withVariant } from '../../../src/dashboard/web/act/wizard/variant-changes.js';
import { formWith } from './draft-fixtures.js';

const keys = (form: ReturnType<typeof formWith>) => form.variants.map(({ key }) => key);

describe('variants of a draft', () => {
  it('begin as a copy of the control under a free key', () => {
    const form = withVariant(withVariant(formWith()));
    expect(keys(form)).toEqual(['control', 'treatment', 'treatment_2', 'treatment_3']);
    expect(form.variants[3]?.config).toEqual(form.variants[0]?.config);
    expect(new Set(form.variants.map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    [2, 0, 1],
    [2, 1, 1],
    [0, 1, 0],
    [1, 1, 0],
  ])('keep their control %i when the one at %i goes: %i', (controlPlace, removed, now) => {
    const form = withoutVariant({ ...withVariant(formWith()), controlPlace }, removed);
    expect(form.controlPlace).toBe(now);
    expect(form.variants).toHaveLength(2);
  });
});

describe('a change of the form', () => {
  it('reaches one place and leaves every other as the same object', () => {
    const form = formWith();
    const changed = changedAt(form, '/variants/1/config/model', 'm');
    expect(valueAt(changed, '/variants/1/config/model')).toBe('m');
    expect(changed.variants[0]).toBe(form.variants[0]);
    expect(changed.metrics).toBe(form.metrics);
    expect(form.variants[1]?.config.model).toBe('');
  });
});
