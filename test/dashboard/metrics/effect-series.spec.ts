import type { EpochView, ReportView, SeriesView } from '../../../src/dashboard/web/api/contract.js';
import { effectSeries, weightChanges } from '../../../src/dashboard/web/experiment/report/effect-series.js';
import { comparison, metric } from '../overview/reports.js';

const look = (at: string, difference: number | null) => ({
  at,
  metrics: [
    {
      key: 'user_rating',
      variants: [],
      comparisons: [comparison(difference, difference === null ? null : [0, 1])],
    },
  ],
});

const series = {
  looks: [
    look('2026-01-01T00:00:00Z', null),
    look('2026-01-02T00:00:00Z', 0.3),
    look('2026-01-04T00:00:00Z', 9),
  ],
} as unknown as SeriesView;
const report = {
  asOf: '2026-01-03T00:00:00Z',
  metrics: [metric('user_rating', comparison(0.2, [0.1, 0.3]))],
} as unknown as ReportView;

describe('a difference over time', () => {
  it('is every look up to the report that could compare, and the report itself', () => {
    expect(effectSeries(series.looks, report, 'user_rating', 'live')).toEqual([
      {
        key: 'treatment',
        points: [
          { at: Date.UTC(2026, 0, 2), value: 0.3, interval: [0, 1] },
          { at: Date.UTC(2026, 0, 3), value: 0.2, interval: [0.1, 0.3] },
        ],
      },
    ]);
  });

  it('is the report alone before the first look', () => {
    expect(effectSeries([], report, 'user_rating', 'live')[0]?.points).toHaveLength(1);
  });
});

describe('changes of weights', () => {
  const epoch = (number: number, control: number, rest: Partial<EpochView> = {}) =>
    ({ number, phase: 0, weights: { control, treatment: 1 - control }, coverage: 100, ...rest }) as EpochView;

  it('are the epochs of the test that moved weights, oldest first, whichever way they come', () => {
    const found = weightChanges([
      epoch(5, 1, { phase: 1 }),
      epoch(4, 0.2),
      epoch(3, 0.3),
      epoch(2, 0.5, { coverage: 50 }),
      epoch(1, 0.5),
    ]);
    expect(found.map(({ number }) => number)).toEqual([3, 4]);
  });
});
