import { isPast, isSettled, type DayExperiment } from '../../../src/metrics/retention/due-day.js';

const day = '2026-01-01';
const over: DayExperiment = {
  id: 1,
  status: 'concluded',
  source: 'live',
  window: 'P7D',
  updatedAt: new Date('2026-01-01T12:00:00Z'),
};
const at = (instant: string) => new Date(instant);

describe('a cohort day', () => {
  it('is past the retention that long after its end', () => {
    expect(isPast(day, 'P30D', at('2026-01-31T23:59:59.999Z'))).toBe(false);
    expect(isPast(day, 'P30D', at('2026-02-01T00:00:00Z'))).toBe(true);
  });

  it('is settled a window and its bin after its end', () => {
    // A window of a week has bins of a day.
    expect(isSettled(day, [over], at('2026-01-09T23:59:59.999Z'))).toBe(false);
    expect(isSettled(day, [over], at('2026-01-10T00:00:00Z'))).toBe(true);
  });

  it('waits for the window after the last change of each experiment', () => {
    const later = { ...over, id: 2, updatedAt: at('2026-03-01T00:00:00Z') };
    expect(isSettled(day, [over, later], at('2026-03-08T23:59:59Z'))).toBe(false);
    expect(isSettled(day, [over, later], at('2026-03-09T00:00:00Z'))).toBe(true);
  });

  it.each(['draft', 'scheduled', 'running', 'paused', 'rolling-out', 'killed'] as const)(
    'is not settled while one is %s',
    (status) => {
      expect(isSettled(day, [over, { ...over, status }], at('2030-01-01T00:00:00Z'))).toBe(false);
    },
  );

  it('does not wait for windows of imported data, nor where there are no outcomes', () => {
    const imported: DayExperiment = { ...over, status: 'imported', source: 'imported' };
    expect(isSettled(day, [imported], at('2026-01-02T00:00:00Z'))).toBe(true);
    expect(isSettled(day, [], at('2026-01-02T00:00:00Z'))).toBe(true);
  });
});
