import { filtered, filterQuery, readFilter } from '../../../src/dashboard/web/list/list-filter.js';
import { item } from './overview-item.fixture.js';

const all = readFilter(new URLSearchParams());
const items = [
  { ...item, key: 'b', name: 'Beta tone', createdAt: '2026-01-03T00:00:00.000Z' },
  { ...item, key: 'old', name: 'Old', status: 'archived' as const, createdAt: '2026-01-01T00:00:00.000Z' },
  {
    ...item,
    key: 'a',
    name: 'Alpha tone',
    mode: 'bandit' as const,
    createdAt: '2026-01-02T00:00:00.000Z',
    progress: { ...item.progress, units: 2000 },
    lastDecision: null,
  },
  {
    ...item,
    key: 'trouble',
    name: 'Gamma',
    status: 'paused' as const,
    createdAt: '2026-01-01T00:00:00.000Z',
    guardrails: [{ name: 'error above 0.1', state: 'breached' as const }],
  },
];
const keysOf = (filter: Partial<typeof all>) => filtered(items, { ...all, ...filter }).map(({ key }) => key);

describe('the list', () => {
  it('shows all but archived ones, what needs somebody first, then the newest', () => {
    expect(keysOf({})).toEqual(['trouble', 'b', 'a']);
  });

  it('is filtered by state and mode', () => {
    expect(keysOf({ state: 'archived' })).toEqual(['old']);
    expect(keysOf({ state: 'any' })).toHaveLength(4);
    expect(keysOf({ mode: 'bandit' })).toEqual(['a']);
  });

  it('is searched by all words, in key and name, in any case', () => {
    expect(keysOf({ text: 'TONE' })).toEqual(['b', 'a']);
    expect(keysOf({ text: 'tone alp' })).toEqual(['a']);
    expect(keysOf({ text: 'nothing' })).toEqual([]);
  });

  it('is sorted by name, age, progress and the last action', () => {
    expect(keysOf({ order: 'name' })).toEqual(['a', 'b', 'trouble']);
    expect(keysOf({ order: 'newest' })).toEqual(['b', 'a', 'trouble']);
    expect(keysOf({ order: 'progress' })).toEqual(['a', 'b', 'trouble']);
    expect(keysOf({ order: 'acted' })).toEqual(['b', 'trouble', 'a']);
  });

  it('is found again by its address, which says only what is not so anyway', () => {
    expect(filterQuery(all)).toEqual({});
    const filter = { text: 'tone', state: 'running', mode: 'bandit', order: 'name' as const };
    expect(readFilter(new URLSearchParams(filterQuery(filter)))).toEqual(filter);
  });

  it('takes an order that there is not for the usual one', () => {
    expect(readFilter(new URLSearchParams('sort=odd')).order).toBe('attention');
  });
});
