import { spendOf } from '../../../src/guardrails/spend/spend.js';

const hour = 3_600_000;
const startedAt = new Date('2026-01-05T10:20:00Z');
const now = new Date('2026-01-07T06:00:00Z');
const at = (text: string, spent: number) => ({ at: new Date(text), spent });
const marks = [
  at('2026-01-05T10:00:00Z', 0),
  at('2026-01-06T00:00:00Z', 4),
  at('2026-01-06T06:00:00Z', 6),
  at('2026-01-07T00:00:00Z', 24),
  at('2026-01-07T05:00:00Z', 29),
];

describe('spendOf', () => {
  it('counts as of today what was spent since midnight', () => {
    expect(spendOf(30, marks, startedAt, null, now)).toMatchObject({ spent: 30, today: 6 });
  });

  it('counts everything as of today on the day of the start', () => {
    const later = new Date('2026-01-05T12:20:00Z');
    expect(spendOf(3, marks.slice(0, 1), startedAt, null, later)).toMatchObject({ today: 3 });
  });

  it('draws a straight line through now and a day ago', () => {
    // 24 dollars in 24 hours: one an hour.
    const { forecast } = spendOf(30, marks, startedAt, { total: 50, perDay: 20, action: 'warn' }, now);
    expect(forecast.perDay).toBeCloseTo(24, 9);
    expect(forecast.exhaustedAt).toEqual(new Date(now.getTime() + 20 * hour));
    expect(forecast.todayExhaustedAt).toEqual(new Date(now.getTime() + 14 * hour));
  });

  it('says nothing of a day’s budget that lasts until midnight, and of a total without spending', () => {
    const lasting = spendOf(30, marks, startedAt, { perDay: 200, action: 'warn' }, now);
    expect(lasting.forecast).toMatchObject({ exhaustedAt: null, todayExhaustedAt: null });
    const idle = spendOf(6, marks.slice(0, 3), startedAt, { total: 50, action: 'warn' }, now);
    expect(idle.forecast).toEqual({ perDay: 0, exhaustedAt: null, todayExhaustedAt: null });
  });

  it('forecasts from the time since the start until that is a day', () => {
    const early = spendOf(5, [], startedAt, { total: 10, action: 'pause' }, new Date('2026-01-05T15:20:00Z'));
    expect(early.forecast.perDay).toBeCloseTo(24, 9);
    expect(early.forecast.exhaustedAt).toEqual(new Date('2026-01-05T20:20:00Z'));
  });

  it('says when a spent budget was first found to be spent, and nothing where nobody found it', () => {
    const budget = { total: 20, perDay: 5, action: 'warn' } as const;
    const findings = [
      { ...at('2026-01-06T10:00:00Z', 10), today: 6, budget },
      { ...at('2026-01-06T20:00:10Z', 20.5), today: 16.5, budget },
      { ...at('2026-01-07T05:00:10Z', 29.5), today: 5.5, budget },
    ];
    expect(spendOf(30, marks, startedAt, budget, now, findings).forecast).toMatchObject({
      exhaustedAt: new Date('2026-01-06T20:00:10Z'),
      todayExhaustedAt: new Date('2026-01-07T05:00:10Z'),
    });
    const unseen = { exhaustedAt: null, todayExhaustedAt: null };
    expect(spendOf(30, marks, startedAt, budget, now).forecast).toMatchObject(unseen);
    expect(spendOf(30, [], now, budget, now, findings.slice(0, 1)).forecast).toMatchObject(unseen);
  });

  it('does not take for it what was found when the budget was larger', () => {
    const daily = { perDay: 5, action: 'warn' } as const;
    const findings = [
      { ...at('2026-01-06T10:00:00Z', 30), today: 6, budget: { total: 100, perDay: 5 } },
      { ...at('2026-01-06T11:00:00Z', 30), today: 6, budget: daily },
    ];
    const budget = { total: 25, action: 'warn' } as const;
    expect(spendOf(60, marks, startedAt, budget, now, findings).forecast.exhaustedAt).toBeNull();
  });

  it('knows nothing of an experiment that has not begun', () => {
    expect(spendOf(0, [], null, { total: 5, action: 'pause' }, now)).toMatchObject({
      spent: 0,
      today: 0,
      forecast: { perDay: null, exhaustedAt: null, todayExhaustedAt: null },
    });
  });
});
