import { stateWords, type GuardrailState } from './guardrail-words.js';

const shapes: Readonly<Record<GuardrailState, string>> = {
  quiet: 'M2 8L6 12L14 3',
  unclear: 'M5 6A3 3 0 1 1 8 9V10.5M8 13V14',
  breached: 'M8 1L15 8L8 15L1 8ZM8 4.5V8.5M8 10.5V11.5',
  'no-data': 'M3 8H4M7.5 8H8.5M12 8H13',
  overridden: 'M5.5 3V13M10.5 3V13',
};

/** A guardrail's state by word, form and colour. */
export function StateBadge({ state }: { state: GuardrailState }) {
  return (
    <span class={`guard guard-${state}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[state]} />
      </svg>
      {stateWords[state]}
    </span>
  );
}
