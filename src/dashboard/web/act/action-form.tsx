import type { Action } from './action.js';
import { AllocationForm } from './allocation-form.js';
import { Field } from './field.js';
import type { FormProps } from './form-props.js';
import { stepsToApprove } from './legal-actions.js';
import { ReasonField } from './reason-field.js';
import { RolloutForm } from './rollout-form.js';
import { VariantField } from './variant-field.js';

const withReason: readonly Action[] = [
  'pause',
  'resume',
  'conclude',
  'archive',
  'pause rollout',
  'resume rollout',
  'abort rollout',
  'approve ramp',
  'hold ramp',
  'resume ramp',
  'abort ramp',
];

/** What an action wants to know. */
export function ActionForm({ action, ...props }: FormProps & { readonly action: Action }) {
  const { experiment, wish, onChange } = props;
  return (
    <>
      {action === 'set allocation' && <AllocationForm {...props} />}
      {action === 'roll out' && <RolloutForm {...props} />}
      {action === 'conclude' && <VariantField label="Served to everyone" pointer="/variant" {...props} />}
      {action === 'clone' && <CloneField {...props} />}
      {action === 'approve ramp' && <StepField {...props} />}
      {withReason.includes(action) && (
        <ReasonField
          value={wish.reason}
          onChange={(reason) => onChange({ reason })}
          required={action === 'resume' && experiment.status === 'killed'}
        />
      )}
    </>
  );
}

function CloneField({ experiment, wish, onChange }: FormProps) {
  return (
    <Field
      label="Key of the clone"
      pointer="/key"
      hint={`Letters, digits, ".", "_" and "-". Left empty, a free one like ${experiment.key}-2 is taken.`}
      control={(tied) => (
        <input
          {...tied}
          value={wish.cloneKey}
          maxLength={64}
          spellcheck={false}
          onInput={(event) => onChange({ cloneKey: event.currentTarget.value })}
        />
      )}
    />
  );
}

function StepField({ experiment, wish, onChange }: FormProps) {
  return (
    <Field
      label="Approve the step to"
      pointer="/coverage"
      hint="Steps before it are approved with it."
      control={(tied) => (
        <select
          {...tied}
          value={wish.step}
          onChange={(event) => onChange({ step: event.currentTarget.value })}
        >
          {stepsToApprove(experiment).map((coverage) => (
            <option key={coverage} value={String(coverage)}>
              {coverage} % of units
            </option>
          ))}
        </select>
      )}
    />
  );
}
