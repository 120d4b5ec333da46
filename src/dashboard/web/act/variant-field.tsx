import type { ReportView } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import type { FormProps } from './form-props.js';
import { visible } from '../format/visible.js';
import { Field } from './field.js';

/** Chooses a variant, beside what the report recommends. */
export function VariantField({
  experiment,
  wish,
  onChange,
  label,
  pointer,
}: FormProps & { readonly label: string; readonly pointer: string }) {
  const { key, variants, control } = experiment;
  const { data } = useResource<ReportView>(`v1/experiments/${encodeURIComponent(key)}/results`, key);
  const advice = data && adviceOf(data.recommendation);
  return (
    <Field
      label={label}
      pointer={pointer}
      {...(advice ? { hint: advice } : {})}
      control={(tied) => (
        <select
          {...tied}
          value={wish.variant}
          onChange={(event) => onChange({ variant: event.currentTarget.value })}
        >
          {variants.map((variant) => (
            <option key={variant.key} value={variant.key}>
              {variant.key === variant.name ? variant.key : `${visible(variant.name)} (${variant.key})`}
              {variant.key === control ? ', control' : ''}
            </option>
          ))}
        </select>
      )}
    />
  );
}

function adviceOf({ action, reason }: ReportView['recommendation']): string {
  return `The report says ${action}: ${reason}`;
}
