import { firstDayFor, foundByDay, powerRows } from '../../../src/dashboard/web/plan/curve-points.js';
import { basisWords, costSentence } from '../../../src/dashboard/web/plan/cost-words.js';
import { effectSentence } from '../../../src/dashboard/web/plan/effect-words.js';
import { sizeSentence, verdictOf } from '../../../src/dashboard/web/plan/plan-words.js';
import { replayWords } from '../../../src/dashboard/web/plan/replay-words.js';

const size = { unitsPerVariant: 14_200, units: 28_400, days: 14 };

describe('the size of a plan in words', () => {
  it('says units, days and the traffic they rest on', () => {
    expect(sizeSentence(size, 'user', { perDay: 2400 })).toBe(
      '14,200 users per variant, 28,400 in all: about 14 days at 2,400 new users a day.',
    );
    expect(sizeSentence(size, 'session', { from: 'exp_a' })).toContain('at the traffic of exp_a.');
  });

  it('asks for the traffic where it is unknown, and says so where units never arrive', () => {
    expect(sizeSentence({ ...size, days: null }, 'user', null)).toContain('Give the traffic');
    expect(sizeSentence({ ...size, days: null }, 'user', { perDay: 1 })).toContain('they never arrive');
  });

  it('says whether the time is enough, where that is known', () => {
    expect(verdictOf({ feasible: null }, 60)).toBeNull();
    expect(verdictOf({ feasible: true }, 60)).toMatchObject({ tone: 'good' });
    expect(verdictOf({ feasible: false }, 60)).toEqual({
      tone: 'bad',
      words: 'Does not fit into its 60 days.',
    });
  });
});

describe('the curves of a plan', () => {
  it('become rows by units, with a gap where an effect has no point', () => {
    const curves = [
      {
        effect: 0.1,
        points: [
          { unitsPerVariant: 10, power: 0.1 },
          { unitsPerVariant: 20, power: 0.2 },
        ],
      },
      { effect: 0.2, points: [{ unitsPerVariant: 20, power: 0.6 }] },
    ];
    expect(powerRows(curves)).toEqual([
      { unitsPerVariant: 10, powers: [0.1, null] },
      { unitsPerVariant: 20, powers: [0.2, 0.6] },
    ]);
  });

  const week = (days: number, absolute: number | null) => ({
    days,
    unitsPerVariant: 1,
    absolute,
    relative: null,
  });
  const weekly = [week(7, null), week(14, 0.2), week(21, 0.1)];

  it('leave out the weeks in which nothing can be found', () => {
    const found = foundByDay(weekly);
    expect(found.map(({ days }) => days)).toEqual([14, 21]);
    expect([firstDayFor(found, 0.1), firstDayFor(found, 0.15), firstDayFor(found, 0.05)]).toEqual([
      21,
      21,
      null,
    ]);
  });

  it.each([
    [[], 0.1, 'Give the traffic'],
    [[week(7, null)], 0.1, 'In 7 days no difference can be found'],
    [weekly, 0.1, '0.1 can be found from day 21 on; after 21 days, 0.1.'],
    [weekly, 0.01, '0.01 cannot be found in 21 days: by then, 0.1 can.'],
  ])('are told in a sentence %#', (minimumDetectableEffect, absolute, words) => {
    const plan = { minimumDetectableEffect, minimumEffect: { absolute, relative: null } };
    expect(effectSentence(plan, String)).toContain(words);
  });
});

describe('the price of a plan in words', () => {
  it('is a sum with what it is for, or the reason why it is unknown', () => {
    const known = { usd: 41.26, units: 3142, requestsPerUnit: 1, reason: null };
    expect(costSentence(known)).toBe('About $41.26 for 3,142 units with 1 request each.');
    expect(costSentence({ ...known, usd: null, reason: 'control: no price.' })).toBe(
      'What it costs is unknown: control: no price.',
    );
  });

  it('says whether the price of a request was measured or assumed', () => {
    expect(basisWords('measured')).toBe('its own requests');
    expect(basisWords('assumed')).toBe('assumptions alone');
    expect(basisWords(null)).toBe('–');
  });
});

describe('a replayed bandit in words', () => {
  const estimate = { asServed: 3.9, asBandit: 4.05, difference: 0.15, interval: [0.02, 0.28] as const };
  const replay = {
    experiment: 'exp_a',
    reward: 'user_rating',
    every: 'PT1H',
    steps: [{ at: '2026-01-01T00:00:00Z', weights: { control: 0.1, treatment: 0.9 }, units: 5 }],
    estimate,
    method: '',
    warnings: [],
  };

  it('says better or worse only where the interval leaves no doubt', () => {
    expect(replayWords(replay, 'stars')[0]).toContain('would have done better');
    expect(replayWords(replay, 'usd', false)[0]).toContain('would have done worse');
    const unsure = { ...replay, estimate: { ...estimate, interval: [-0.1, 0.3] as const } };
    expect(replayWords(unsure, 'stars')[0]).toContain('cannot be told');
  });

  it('says where it would have ended, also where nothing came of it', () => {
    const end = 'It would have ended with control 10%, treatment 90%.';
    expect(replayWords(replay, 'stars').at(-1)).toBe(end);
    const same = { asServed: 3.9, asBandit: 3.9, difference: 0, interval: [0, 0] as const };
    expect(replayWords({ ...replay, estimate: same }, 'stars')).toEqual([
      'A bandit would have done the same: 3.9 stars a unit.',
      end,
    ]);
  });
});
