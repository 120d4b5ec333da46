import fc from 'fast-check';
import type { Allocation } from '../../src/experiments/allocation.js';
import {
  enclosingSegments,
  isLeafOf,
  segmentName,
  segmentPath,
  segmentValue,
  segmentValues,
} from '../../src/experiments/segment.js';

const bandit = (attributes: readonly string[]): Allocation => ({
  mode: 'bandit',
  reward: 'user_rating',
  floor: 0.01,
  every: 'PT1H',
  burnIn: { unitsPerVariant: 100 },
  segments: { attributes },
});

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 });

describe('the name of a segment', () => {
  it('says attributes and values, in their order', () => {
    expect(segmentName(['language', 'plan'], ['de', 'pro'])).toBe('language=de/plan=pro');
    expect(segmentName(['language', 'plan'], ['de'])).toBe('language=de');
    expect(segmentName(['a=b'], ['1/2'])).toBe('a%3Db=1%2F2');
  });

  it('gives back whatever it is made of', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), (pairs) => {
        const [attributes, values] = [pairs.map(([name]) => name), pairs.map(([, value]) => value)];
        expect(segmentPath(segmentName(attributes, values))).toEqual({ attributes, values });
      }),
    );
  });

  it('lies in those that its first attributes make, and in the root', () => {
    expect(enclosingSegments('language=de/plan=pro/task=chat')).toEqual([
      '',
      'language=de',
      'language=de/plan=pro',
    ]);
    expect(enclosingSegments('language=de')).toEqual(['']);
    expect(enclosingSegments('')).toEqual([]);
  });
});

describe('the values of a segment', () => {
  it('end at the first attribute that a unit lacks', () => {
    const attributes = ['language', 'plan', 'task'];
    expect(segmentValues(attributes, { language: 'de', plan: 'pro', task: 'chat' })).toEqual([
      'de',
      'pro',
      'chat',
    ]);
    expect(segmentValues(attributes, { language: 'de', task: 'chat' })).toEqual(['de']);
    expect(segmentValues(attributes, { plan: 'pro' })).toEqual([]);
  });

  it('are words, numbers and truth values, and nothing that is an id, a text or cannot be stored', () => {
    expect([true, 3, 'x'].map(segmentValue)).toEqual(['true', '3', 'x']);
    for (const value of ['', 'x'.repeat(65), null, undefined, {}, ['de'], NaN, '\ud800'])
      expect(segmentValue(value)).toBeNull();
  });
});

describe('a leaf', () => {
  it('is one as long as units are parted by the same attributes, in the same order', () => {
    expect(isLeafOf(bandit(['language', 'plan']), 'language=de')).toBe(true);
    expect(isLeafOf(bandit(['language']), 'language=de/plan=pro')).toBe(false);
    expect(isLeafOf(bandit(['plan', 'language']), 'language=de')).toBe(false);
    expect(isLeafOf({ mode: 'fixed' }, 'language=de')).toBe(false);
    expect(isLeafOf(bandit(['language']), '')).toBe(false);
  });
});
