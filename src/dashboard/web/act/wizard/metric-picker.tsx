import type { TargetedEvent } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { MetricView } from '../../api/contract.js';
import { capitalised, metricNameOf } from '../../format/metric.js';
import { visible } from '../../format/visible.js';
import { Field } from '../field.js';
import { useValueAt } from './draft-context.js';
import { metricWords } from './metric-words.js';

export interface MetricPickerProps {
  readonly label: string;
  readonly at: string;
  readonly hint: string;
  readonly metrics: readonly MetricView[];
  /** Those that are chosen elsewhere. */
  readonly taken: readonly string[];
}

/** Several metrics of the catalogue: chosen ones can be taken out, one more be added. */
export function MetricPicker({ label, at, hint, metrics, taken }: MetricPickerProps) {
  const [chosen, setChosen] = useValueAt<readonly string[]>(at);
  const id = useId();
  const { shown, ...adding } = useAdding((key) => setChosen([...chosen, key]));
  const free = metrics.filter(({ key }) => !chosen.includes(key) && !taken.includes(key));
  const byKey = new Map(metrics.map((metric) => [metric.key, metric]));
  return (
    <div class="metric-picker">
      <Field
        label={label}
        pointer={at}
        hint={hint}
        control={(tied) => (
          <select {...tied} {...adding} value={shown}>
            <option value="">{chosen.length === 0 ? 'Choose…' : 'Add another…'}</option>
            {free.map((metric) => (
              <option key={metric.key} value={metric.key}>
                {metric.key}: {visible(metricWords(metric))}
              </option>
            ))}
          </select>
        )}
      />
      <ul class="chosen" aria-label={`${label}: chosen`} id={id}>
        {chosen.map((key) => (
          <li key={key}>
            <span>
              <strong>{capitalised(metricNameOf(key))}</strong> <code>{key}</code>
            </span>
            <span class="hint">{visible(metricWords(byKey.get(key)))}</span>
            <button
              type="button"
              class="quiet"
              aria-label={`Remove ${key}`}
              onClick={() => setChosen(chosen.filter((other) => other !== key))}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type OnSelect<E extends Event> = TargetedEvent<HTMLSelectElement, E>;

/**
 * A list that adds what is chosen of it. Arrows and letters on a closed list choose at every press: what they come to is added
 * with Enter, or when the list is left.
 */
function useAdding(add: (key: string) => void) {
  const [shown, setShown] = useState('');
  const isStepping = useRef(false);
  const addShown = () => {
    isStepping.current = false;
    setShown('');
    if (shown !== '') add(shown);
  };
  return {
    shown,
    onPointerDown: () => (isStepping.current = false),
    onKeyDown: (event: OnSelect<KeyboardEvent>) => {
      if (event.key === 'Enter' && shown !== '') {
        event.preventDefault();
        addShown();
      } else isStepping.current = !event.altKey && event.key !== 'Enter' && event.key !== ' ';
    },
    onChange: (event: OnSelect<Event>) => {
      const { value } = event.currentTarget;
      if (isStepping.current || value === '') return setShown(value);
      event.currentTarget.value = '';
      add(value);
    },
    onBlur: addShown,
  };
}
