import { useEffect, useState } from 'preact/hooks';
import { Field, FormProblem } from '../act/field.js';
import type { Fault } from '../act/wizard/fault.js';
import type { ExperimentView } from '../api/contract.js';
import { Problem } from '../api/request.js';
import { numberIn, numberText } from '../format/number-in.js';
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

/** A number as its reader writes it; what cannot be read as one is not asked for. */
function Score({ name, value, onChange }: ScoreProps) {
  const [typed, setTyped] = useState(scoreText(value));
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => setTyped(scoreText(value)), [value]);
  const read = () => {
    const faults: Fault[] = [];
    const score = numberIn(typed, (message) => faults.push({ pointer, message }));
    setProblem(faults.length > 0 ? new Problem(0, 'UNREADABLE', 'No number.', faults) : null);
    if (faults.length === 0) onChange(score === undefined ? '' : String(score));
  };
  return (
    <FormProblem.Provider value={problem}>
      <Field
        label={name}
        pointer={pointer}
        control={(tied) => (
          <input
            {...tied}
            value={typed}
            inputMode="decimal"
            autocomplete="off"
            onInput={(event) => setTyped(event.currentTarget.value)}
            onChange={read}
          />
        )}
      />
    </FormProblem.Provider>
  );
}

const pointer = '/score';

/** The address may say anything; what is no number is shown as it is, and refused by the server. */
function scoreText(value: string): string {
  const number = Number(value);
  return value === '' || Number.isNaN(number) ? value : numberText(number);
}
