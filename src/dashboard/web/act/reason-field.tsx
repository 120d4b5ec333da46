import { Field } from './field.js';

export interface ReasonProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  readonly required?: boolean;
}

/** Why it is done: kept with the decision. */
export function ReasonField({ value, onChange, required = false }: ReasonProps) {
  return (
    <Field
      label={required ? 'Reason (required)' : 'Reason'}
      pointer="/reason"
      hint="Kept with the decision, for whoever asks later."
      control={(tied) => (
        <input
          {...tied}
          value={value}
          required={required}
          maxLength={2000}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    />
  );
}
