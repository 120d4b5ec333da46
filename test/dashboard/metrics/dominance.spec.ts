import { tradeOffOf, tradePoints } from '../../../src/dashboard/web/experiment/metrics/dominance.js';
import { metric, variantRow } from '../overview/reports.js';

type Figures = Readonly<Record<string, number | null>>;

const rows = (figures: Figures) => Object.entries(figures).map(([key, mean]) => variantRow(key, mean));

function tradeOff(quality: Figures, cost: Figures, latency?: Figures) {
  const metrics = [
    metric('user_rating', null, { variants: rows(quality) }),
    metric('cost_usd', null, {
      category: 'cost',
      role: 'secondary',
      direction: 'decrease',
      variants: rows(cost),
    }),
    ...(latency
      ? [
          metric('latency_ms', null, {
            category: 'performance',
            role: 'secondary',
            direction: 'decrease',
            variants: rows(latency),
          }),
        ]
      : []),
  ];
  const found = tradeOffOf({ metrics });
  if (!found) throw new Error('There is nothing to weigh');
  return found;
}

const dominated = (found: ReturnType<typeof tradeOff>) =>
  Object.fromEntries(tradePoints(found).map(({ key, dominatedBy }) => [key, dominatedBy]));

describe('a trade-off', () => {
  it('leaves no reason to choose what is worse and dearer', () => {
    expect(dominated(tradeOff({ a: 4, b: 3 }, { a: 1, b: 2 }))).toEqual({ a: null, b: 'a' });
  });

  it('is a choice where the better one is dearer', () => {
    expect(dominated(tradeOff({ a: 4, b: 3 }, { a: 2, b: 1 }))).toEqual({ a: null, b: null });
  });

  it('counts latency too: who is faster is not dominated', () => {
    expect(dominated(tradeOff({ a: 4, b: 3 }, { a: 1, b: 2 }, { a: 900, b: 300 }))).toEqual({
      a: null,
      b: null,
    });
  });

  it('lets equals stand beside each other', () => {
    expect(dominated(tradeOff({ a: 4, b: 4 }, { a: 1, b: 1 }))).toEqual({ a: null, b: null });
  });

  it('leaves out variants of which cost or quality is not known', () => {
    expect(Object.keys(dominated(tradeOff({ a: 4, b: null }, { a: 1, b: 1 })))).toEqual(['a']);
  });

  it('is none where cost was not recorded', () => {
    expect(tradeOffOf({ metrics: [metric('user_rating', null)] })).toBeNull();
  });
});
