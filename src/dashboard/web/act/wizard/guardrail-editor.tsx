import type { MetricView } from '../../api/contract.js';
import { useDraftEditor } from './draft-context.js';
import { CheckField, ChoiceField, TextField } from './draft-field.js';
import type { DraftForm, GuardrailBound } from './draft-form.js';
import { guardrailWords } from './guardrail-words.js';
import { guardrailActions } from './server-defaults.js';

/** One guardrail. */
export function GuardrailEditor({
  place,
  metrics,
}: {
  readonly place: number;
  readonly metrics: readonly MetricView[];
}) {
  const { form, change } = useDraftEditor();
  const at = `/guardrails/${place}`;
  const guardrail = form.guardrails?.[place];
  if (!guardrail) return null;
  const remove = (old: DraftForm): DraftForm => ({
    ...old,
    guardrails: old.guardrails?.filter((_, other) => other !== place) ?? null,
  });
  return (
    <fieldset class="line-editor" data-pointer={at} tabIndex={-1}>
      <legend>{guardrailWords(guardrail)}</legend>
      <GuardrailFields at={at} bound={guardrail.bound} metrics={metrics} />
      <button
        type="button"
        class="quiet"
        onClick={() => change(remove)}
        aria-label={`Remove: ${guardrailWords(guardrail)}`}
      >
        Remove
      </button>
    </fieldset>
  );
}

interface GuardrailFieldsProps {
  readonly at: string;
  readonly bound: GuardrailBound;
  readonly metrics: readonly MetricView[];
}

function GuardrailFields({ at, bound, metrics }: GuardrailFieldsProps) {
  const isMargin = bound === 'worseThanControlBy';
  return (
    <div class="fields fields-small">
      <ChoiceField label="Metric" at={`${at}/metric`}>
        <option value="">Choose…</option>
        {metrics.map(({ key }) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField label="Must not be" at={`${at}/bound`}>
        <option value="above">above</option>
        <option value="below">below</option>
        <option value="worseThanControlBy">worse than the control by</option>
      </ChoiceField>
      <TextField label="Value" at={`${at}/value`} pointer={`${at}/${bound}`} numeric />
      {isMargin ? (
        <CheckField label="As a share of the control’s mean" at={`${at}/relative`} />
      ) : (
        <TextField
          label="Quantile"
          at={`${at}/quantile`}
          numeric
          placeholder="the mean"
          hint="0.95 is p95."
        />
      )}
      <ChoiceField label="Then" at={`${at}/action`}>
        {guardrailActions.map(({ action, words }) => (
          <option key={action} value={action}>
            {action}: {words}
          </option>
        ))}
      </ChoiceField>
    </div>
  );
}
