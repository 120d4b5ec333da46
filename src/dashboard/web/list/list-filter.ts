import type { OverviewItemView } from '../api/contract.js';
import { concernsOf } from './attention.js';

/** In which order the list is. */
export const orders = ['attention', 'newest', 'acted', 'name', 'progress'] as const;
export type Order = (typeof orders)[number];

/** What the list shows, as its address says it. */
export interface ListFilter {
  /** Words of key or name; all of them. */
  readonly text: string;
  /** A state; empty = any but archived. */
  readonly state: string;
  /** `fixed`, `bandit`; empty = any. */
  readonly mode: string;
  readonly order: Order;
}

/** @example readFilter(new URLSearchParams('state=running')).state // 'running' */
export function readFilter(query: URLSearchParams): ListFilter {
  return {
    text: query.get('q') ?? '',
    state: query.get('state') ?? '',
    mode: query.get('mode') ?? '',
    order: orders.find((order) => order === query.get('sort')) ?? 'attention',
  };
}

/** The address's part, without what is so anyway. */
export function filterQuery({ text, state, mode, order }: ListFilter): Record<string, string> {
  return {
    ...(text === '' ? {} : { q: text }),
    ...(state === '' ? {} : { state }),
    ...(mode === '' ? {} : { mode }),
    ...(order === 'attention' ? {} : { sort: order }),
  };
}

/** The experiments that the filter lets through, in its order; the newest first among equals. */
export function filtered(items: readonly OverviewItemView[], filter: ListFilter): OverviewItemView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return items
    .filter(({ status }) =>
      filter.state === '' ? status !== 'archived' : filter.state === 'any' || status === filter.state,
    )
    .filter(({ mode }) => filter.mode === '' || mode === filter.mode)
    .filter(({ key, name }) => words.every((word) => `${key} ${name}`.toLowerCase().includes(word)))
    .sort((one, other) => comparisons[filter.order](one, other) || latest(one.createdAt, other.createdAt));
}

const comparisons: Readonly<Record<Order, (one: OverviewItemView, other: OverviewItemView) => number>> = {
  attention: (one, other) => urgency(other) - urgency(one),
  newest: () => 0,
  acted: (one, other) => latest(one.lastDecision?.at ?? '', other.lastDecision?.at ?? ''),
  name: (one, other) => one.name.localeCompare(other.name),
  progress: (one, other) => shareDone(other) - shareDone(one),
};

const latest = (one: string, other: string) => (one < other ? 1 : one > other ? -1 : 0);

/** What needs somebody first, then what runs, then what waits, then what is over. */
function urgency(item: OverviewItemView): number {
  if (concernsOf(item).length > 0) return 4;
  if (item.status === 'running' || item.status === 'rolling-out') return 3;
  return item.status === 'concluded' || item.status === 'archived' ? 1 : 2;
}

/** Of the units that are needed; a list in order of progress begins with what is nearly there. */
function shareDone({ progress: { units, unitsNeeded } }: OverviewItemView): number {
  return unitsNeeded ? units / unitsNeeded : -1;
}
