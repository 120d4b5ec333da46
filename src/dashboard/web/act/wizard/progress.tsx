import { useDraftEditor } from './draft-context.js';
import type { Fault } from './fault.js';
import { missingOf, stateOf, steps, type StepState } from './steps.js';

const signs: Readonly<Record<StepState, { readonly sign: string; readonly words: string }>> = {
  open: { sign: '○', words: 'something is missing' },
  done: { sign: '✓', words: 'complete' },
  faulty: { sign: '!', words: 'something is to be changed' },
};

/** The parts of the draft and how far each is; leads there. */
export function Progress({ faults }: { readonly faults: readonly Fault[] }) {
  const { form } = useDraftEditor();
  return (
    <nav class="progress" aria-label="Parts of the draft">
      <ol>
        {steps.map((step) => {
          const state = stateOf(step, form, faults);
          const isReview = step.id === 'review';
          return (
            <li key={step.id}>
              <button type="button" class={`quiet step-${state}`} onClick={() => goTo(step.id)}>
                <span aria-hidden="true" class="sign">
                  {isReview ? '→' : signs[state].sign}
                </span>
                {step.name}
                {!isReview && <StepWords state={state} missing={missingOf(step.id, form)} />}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function StepWords({ state, missing }: { readonly state: StepState; readonly missing: string | null }) {
  if (state === 'open' && missing !== null)
    return (
      <span class="missing">
        <span class="visually-hidden">, </span>
        {missing}
      </span>
    );
  return <span class="visually-hidden">, {signs[state].words}</span>;
}

function goTo(id: string): void {
  const title = document.getElementById(`step-${id}-title`);
  title?.focus({ preventScroll: true });
  title?.scrollIntoView({ block: 'start' });
}
