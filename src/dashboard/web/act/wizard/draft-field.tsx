import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Field, type Tied } from '../field.js';
import { useValueAt } from './draft-context.js';

export interface DraftFieldProps {
  readonly label: string;
  /** Where in the form: `/variants/0/key`. */
  readonly at: string;
  /** Where in the request's body; the same where left out. */
  readonly pointer?: string;
  readonly hint?: string | undefined;
}

export interface TextProps extends DraftFieldProps {
  readonly placeholder?: string | undefined;
  readonly numeric?: boolean;
  readonly suggestions?: readonly string[];
  readonly required?: boolean;
}

/** One line of text. Numbers are text too: what cannot be read as one is said, never lost. */
export function TextField({ label, at, pointer = at, hint, ...look }: TextProps) {
  const list = useId();
  const [value, setValue] = useValueAt<string>(at);
  const { placeholder, numeric, suggestions, required } = look;
  const control = (tied: Tied) => (
    <input
      {...tied}
      class={numeric ? 'numeric-input' : undefined}
      value={value}
      placeholder={placeholder}
      autocomplete="off"
      aria-required={required}
      inputMode={numeric ? 'decimal' : undefined}
      list={suggestions ? list : undefined}
      onInput={(event) => setValue(event.currentTarget.value)}
    />
  );
  return (
    <>
      <Field label={label} pointer={pointer} hint={hint} control={control} />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}

export interface AreaProps extends DraftFieldProps {
  readonly rows: number;
  readonly placeholder?: string;
  readonly code?: boolean;
}

/** Text of several lines. */
export function AreaField({ label, at, pointer = at, hint, rows, placeholder, code }: AreaProps) {
  const [value, setValue] = useValueAt<string>(at);
  const control = (tied: Tied) => (
    <textarea
      {...tied}
      class={code ? 'code' : undefined}
      rows={rows}
      value={value}
      placeholder={placeholder}
      spellcheck={!code}
      onInput={(event) => setValue(event.currentTarget.value)}
    />
  );
  return <Field label={label} pointer={pointer} hint={hint} control={control} />;
}

export interface ChoiceProps extends DraftFieldProps {
  readonly children: ComponentChildren;
}

/** One of several: its options are the children. */
export function ChoiceField({ label, at, pointer = at, hint, children }: ChoiceProps) {
  const [value, setValue] = useValueAt<string>(at);
  const control = (tied: Tied) => (
    <select {...tied} value={value} onChange={(event) => setValue(event.currentTarget.value)}>
      {children}
    </select>
  );
  return <Field label={label} pointer={pointer} hint={hint} control={control} />;
}

/** Yes or no. */
export function CheckField({ label, at }: Pick<DraftFieldProps, 'label' | 'at'>) {
  const [value, setValue] = useValueAt<boolean>(at);
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={(event) => setValue(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

/** A day and a time, in the reader's time zone. */
export function InstantField({ label, at, pointer = at, hint }: DraftFieldProps) {
  const [value, setValue] = useValueAt<string>(at);
  const control = (tied: Tied) => (
    <input
      {...tied}
      type="datetime-local"
      value={value}
      onInput={(event) => setValue(event.currentTarget.value)}
    />
  );
  return <Field label={label} pointer={pointer} hint={hint} control={control} />;
}
