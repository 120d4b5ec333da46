import type { ComponentChildren } from 'preact';
import { createContext } from 'preact';
import { useContext, useId } from 'preact/hooks';
import type { Problem } from '../api/request.js';

/** What the server last refused of the form, for its fields to show. */
export const FormProblem = createContext<Problem | null>(null);

/** What a control needs to be tied to its label's hint and to its fault. */
export interface Tied {
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

export interface FieldProps {
  readonly label: string;
  /** Of the request's body: `/weights/control`. */
  readonly pointer: string;
  readonly hint?: string;
  readonly control: (tied: Tied) => ComponentChildren;
}

/** A control with its label, a hint, and what the server says against it. */
export function Field({ label, pointer, hint, control }: FieldProps) {
  const id = useId();
  const problem = useContext(FormProblem);
  const faults = problem?.faults.filter((fault) => fault.pointer === pointer) ?? [];
  const described = [hint && `${id}-hint`, faults.length > 0 && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class="field" data-pointer={pointer}>
      <label>
        {label}
        {control({
          ...(described ? { 'aria-describedby': described } : {}),
          ...(faults.length > 0 ? { 'aria-invalid': true } : {}),
        })}
      </label>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {faults.length > 0 && (
        <p id={`${id}-fault`} class="fault">
          {faults.map(({ message }) => message).join('; ')}
        </p>
      )}
    </div>
  );
}
