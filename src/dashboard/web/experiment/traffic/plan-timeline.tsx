import type { PlanStep } from './ramp-words.js';

const states: Readonly<Record<PlanStep['state'], string>> = { done: 'taken', now: '', later: 'to come' };

/** Steps under one another, with the present one marked by form. */
export function PlanTimeline({ steps, present }: { steps: readonly PlanStep[]; present: string }) {
  return (
    <ol class="timeline">
      {steps.map(({ title, note, state }, place) => (
        <li key={place} data-state={state}>
          <span>
            <strong>{title}</strong> <span class="muted">{state === 'now' ? present : states[state]}</span>
            <br />
            <span class="muted">{note}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
