import { discardDraft, keepDraft, keptDraft } from '../../../src/dashboard/web/act/wizard/draft-keeping.js';
import { forgetTexts, textPlace } from '../../../src/dashboard/web/shell/kept-texts.js';
import { formWith } from './draft-fixtures.js';

function placeWith(texts = new Map<string, string>()) {
  return {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => void texts.set(name, text),
    removeItem: (name: string) => void texts.delete(name),
  };
}

describe('a draft that is kept', () => {
  it('is there again, apart for each experiment it begins with', () => {
    const place = placeWith();
    keepDraft(place, null, formWith());
    keepDraft(place, 'exp_b', formWith({ '/key': 'exp_b_v2' }));
    expect(keptDraft(place, null)).toEqual(formWith());
    expect(keptDraft(place, 'exp_b')?.key).toBe('exp_b_v2');
    discardDraft(place, null);
    expect(keptDraft(place, null)).toBeNull();
    expect(keptDraft(place, 'exp_b')?.key).toBe('exp_b_v2');
  });

  it.each(['', 'no JSON', '[]', '{"key":"of another shape"}', 'null'])(
    'is none when the place holds %j',
    (text) => {
      const place = { ...placeWith(), getItem: () => text };
      expect(keptDraft(place, null)).toBeNull();
    },
  );

  it.each(['variants', 'metrics', 'plan', 'key'])('is none when its %s are of another kind', (field) => {
    const kept = JSON.stringify({ ...formWith(), [field]: 7 });
    expect(keptDraft({ ...placeWith(), getItem: () => kept }, null)).toBeNull();
  });

  it('is kept with the page alone where the browser forbids every place', () => {
    const place = textPlace(() => {
      throw new DOMException('Access is denied', 'SecurityError');
    });
    keepDraft(place, null, formWith());
    expect(keptDraft(place, null)).toEqual(formWith());
  });

  it('is gone, whatever it began with, once its reader signs out', () => {
    const place = textPlace(() => {
      throw new DOMException('Access is denied', 'SecurityError');
    });
    keepDraft(place, null, formWith());
    keepDraft(place, 'exp_b', formWith());
    place.setItem('of another page', 'kept');
    forgetTexts(place);
    expect([keptDraft(place, null), keptDraft(place, 'exp_b')]).toEqual([null, null]);
    expect(place.getItem('of another page')).toBe('kept');
  });

  it('is no reason to fail when the place is full', () => {
    const full = {
      ...placeWith(),
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(() => keepDraft(full, null, formWith())).not.toThrow();
  });
});
