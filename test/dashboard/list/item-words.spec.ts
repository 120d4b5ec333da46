import {
  actorWords,
  asOfWords,
  healthWords,
  primaryWords,
  progressWords,
} from '../../../src/dashboard/web/list/item-words.js';
import { item } from './overview-item.fixture.js';

const primary = item.primary!;

describe('an experiment in a line', () => {
  it('gives the difference with the interval that holds however often one looks', () => {
    expect(primaryWords(primary)).toBe('+0.21 (0.15 to 0.27), better');
    expect(primaryWords({ ...primary, sequentialInterval: null, unit: 'stars' })).toBe(
      '+0.21 stars (0.17 to 0.25), better',
    );
    expect(primaryWords({ ...primary, unit: 'share' })).toBe('+21 points (15 to 27), better');
  });

  it('says so where nothing is decided, or nothing known', () => {
    expect(primaryWords({ ...primary, decided: null })).toBe('+0.21 (0.15 to 0.27), not clear yet');
    expect(primaryWords({ ...primary, decided: 'none' })).toMatch(/no difference worth acting on$/);
    expect(primaryWords({ ...primary, difference: null })).toBe('not enough data yet');
  });

  it('says how far it is and how long it takes', () => {
    expect(progressWords(item)).toBe('Day 5, 1,203 of 2,400 units, about 4 days to go');
    expect(progressWords({ ...item, progress: { ...item.progress, daysLeft: 1 } })).toMatch(
      /about 1 day to go$/,
    );
    expect(progressWords({ ...item, progress: { ...item.progress, daysLeft: 0 } })).toMatch(/due now$/);
    expect(progressWords({ ...item, status: 'paused' })).toBe('Day 5, 1,203 of 2,400 units');
    expect(
      progressWords({ ...item, progress: { units: 0, unitsNeeded: null, day: 0, daysLeft: null } }),
    ).toBe('Not started');
  });

  it('says of when the figures are, once they are older than a minute', () => {
    const asOf = Date.parse(item.asOf!);
    expect(asOfWords(item, asOf + 59_000)).toBeNull();
    expect(asOfWords(item, asOf + 190_000)).toBe('figures of 3 min. ago');
    expect(asOfWords({ ...item, asOf: null }, asOf + 190_000)).toBeNull();
  });

  it('names who acted, and what the checks found', () => {
    expect(actorWords('person:anna')).toBe('anna');
    expect(actorWords('guardrail')).toBe('the guardrail');
    const words = (srm: boolean, warnings: number) => healthWords({ ...item, health: { srm, warnings } });
    expect(words(true, 3)).toBe('sample ratio mismatch');
    expect(words(false, 2)).toBe('split as planned; 2 warnings');
    expect(words(false, 1)).toBe('split as planned; 1 warning');
    expect(words(false, 0)).toBe('split as planned; no warnings');
    const empty = { ...item, progress: { ...item.progress, units: 0 } };
    expect(healthWords(empty)).toBe('no units yet; no warnings');
  });
});
