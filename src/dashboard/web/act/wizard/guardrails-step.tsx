import type { MetricView } from '../../api/contract.js';
import { useDraftEditor } from './draft-context.js';
import type { DraftForm, GuardrailForm } from './draft-form.js';
import { GuardrailEditor } from './guardrail-editor.js';
import { guardrailWords } from './guardrail-words.js';
import { defaultGuardrails } from './server-defaults.js';
import { Step } from './step.js';

const emptyGuardrail: GuardrailForm = {
  metric: '',
  bound: 'worseThanControlBy',
  value: '',
  quantile: '',
  relative: false,
  action: 'pause',
};

/** What must not happen, and what is done when it does. */
export function GuardrailsStep({ metrics }: { readonly metrics: readonly MetricView[] }) {
  const { form, change } = useDraftEditor();
  const { guardrails } = form;
  const set = (next: DraftForm['guardrails']) => change((old) => ({ ...old, guardrails: next }));
  return (
    <Step
      id="guardrails"
      title="Guardrails"
      lead="Each stops harm by itself, at the first look at which it is sure; all together err once in a hundred experiments at most."
    >
      {guardrails === null ? (
        <>
          <ul class="plain-list">
            {defaultGuardrails.map((guardrail) => (
              <li key={guardrail.metric}>{guardrailWords(guardrail)}</li>
            ))}
          </ul>
          <p>
            <button type="button" onClick={() => set(defaultGuardrails)}>
              Change them
            </button>{' '}
            <span class="hint">These are every experiment’s, unless it has its own.</span>
          </p>
        </>
      ) : (
        <>
          {guardrails.length === 0 && <p class="hint">None: nothing stops harm but you.</p>}
          {guardrails.map((_, place) => (
            <GuardrailEditor key={place} place={place} metrics={metrics} />
          ))}
          <p class="row">
            <button type="button" onClick={() => set([...guardrails, emptyGuardrail])}>
              Add a guardrail
            </button>
            <button type="button" class="quiet" onClick={() => set(null)}>
              Back to the usual ones
            </button>
          </p>
        </>
      )}
    </Step>
  );
}
