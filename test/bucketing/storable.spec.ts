import { storableAttributes, storableId } from '../../src/bucketing/storable.js';

const half = '\ud83d';

describe('what a database can hold', () => {
  it('is every id without NUL and without half characters; others are not stored', () => {
    for (const id of ['user-1', 'żółć', '😀', '\\u0000', null]) expect(storableId(id)).toBe(id);
    for (const id of ['a\0b', '\0', half, `a${half}b`, '\ude00\ud83d']) expect(storableId(id)).toBeNull();
  });

  it('is attributes as they are, wherever they can be', () => {
    const attributes = { plan: 'pro', emoji: '😀', backslash: '\\u0000', nested: { list: [1, null, true] } };
    expect(storableAttributes(attributes)).toEqual(attributes);
    expect(storableAttributes(null)).toBeNull();
  });

  it('is a mark in place of every other character, in keys and values however deep', () => {
    expect(storableAttributes({ [`a\0`]: ['x\0y', { z: `${half}!` }], emoji: '😀' })).toEqual({
      'a\ufffd': ['x\ufffdy', { z: '\ufffd!' }],
      emoji: '😀',
    });
  });

  it('is nothing of what JSON cannot say', () => {
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    for (const attributes of [circle, { big: 1n }]) expect(storableAttributes(attributes)).toBeNull();
  });
});
