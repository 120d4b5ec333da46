import type { RefObject } from 'preact';
import type { ListFilter, Order } from './list-filter.js';

const states = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'rolling-out',
  'concluded',
  'killed',
  'imported',
  'archived',
];
const orderNames: Readonly<Record<Order, string>> = {
  attention: 'what needs you first',
  newest: 'newest first',
  acted: 'last acted on first',
  name: 'name',
  progress: 'most complete first',
};

export interface FiltersProps {
  readonly filter: ListFilter;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onChange: (changed: Partial<ListFilter>) => void;
}

/** What to show and in which order; it is in the address, so that it can be sent to others. */
export function ListFilters({ filter, search, onChange }: FiltersProps) {
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Search
        <input
          ref={search}
          type="search"
          placeholder="Name or key ( / )"
          value={filter.text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </label>
      <label>
        State
        <select value={filter.state} onChange={(event) => onChange({ state: event.currentTarget.value })}>
          <option value="">all but archived</option>
          {states.map((state) => (
            <option key={state}>{state}</option>
          ))}
          <option value="any">all</option>
        </select>
      </label>
      <label>
        Mode
        <select value={filter.mode} onChange={(event) => onChange({ mode: event.currentTarget.value })}>
          <option value="">all</option>
          <option>fixed</option>
          <option>bandit</option>
        </select>
      </label>
      <label>
        Sort
        <select
          value={filter.order}
          onChange={(event) => onChange({ order: event.currentTarget.value as Order })}
        >
          {Object.entries(orderNames).map(([order, name]) => (
            <option key={order} value={order}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
