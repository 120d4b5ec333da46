import { useEffect, useState } from 'preact/hooks';
import type { ExperimentView } from '../api/contract.js';
import type { AnswerFilter } from './answer-filter.js';

export interface AnswerFiltersProps {
  readonly experiment: ExperimentView;
  readonly filter: AnswerFilter;
  readonly onChange: (changed: Partial<AnswerFilter>) => void;
  readonly onRefresh: () => void;
}

/** Which answers to show. */
export function AnswerFilters({ experiment, filter, onChange, onRefresh }: AnswerFiltersProps) {
  const [unit, setUnit] = useState(filter.unit);
  useEffect(() => setUnit(filter.unit), [filter.unit]);
  return (
    <form
      class={experiment.judge ? 'filters scored' : 'filters'}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ unit: unit.trim() });
        onRefresh();
      }}
    >
      <label>
        Unit (id in your application)
        <input
          value={unit}
          spellcheck={false}
          maxLength={1024}
          onInput={(event) => setUnit(event.currentTarget.value)}
        />
      </label>
      <label>
        Variant
        <select value={filter.variant} onChange={(event) => onChange({ variant: event.currentTarget.value })}>
          <option value="">side by side</option>
          {experiment.variants.map(({ key }) => (
            <option key={key}>{key}</option>
          ))}
          <option value="$fallback">the fallback</option>
          <option value="$holdback">the holdback</option>
        </select>
      </label>
      <label>
        Outcome
        <select value={filter.outcome} onChange={(event) => onChange({ outcome: event.currentTarget.value })}>
          <option value="">all</option>
          <option>finished</option>
          <option>failed</option>
          <option>abandoned</option>
        </select>
      </label>
      {experiment.judge && (
        <>
          <Score name="Score from" value={filter.atLeast} onChange={(atLeast) => onChange({ atLeast })} />
          <Score name="Score to" value={filter.atMost} onChange={(atMost) => onChange({ atMost })} />
        </>
      )}
      <button>Show the newest</button>
    </form>
  );
}

interface ScoreProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (score: string) => void;
}

function Score({ name, value, onChange }: ScoreProps) {
  return (
    <label>
      {name}
      <input
        type="number"
        step="any"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
