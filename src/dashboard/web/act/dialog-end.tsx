import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/request.js';

export interface DialogEndProps {
  /** Why the server refused; null as long as it did not. */
  readonly problem: Problem | null;
  readonly onCancel: () => void;
  /** The button that carries it out. */
  readonly children: ComponentChildren;
}

/** What every dialog with an action ends with: the refusal, a way out, and the button. */
export function DialogEnd({ problem, onCancel, children }: DialogEndProps) {
  return (
    <>
      {problem && (
        <p role="alert" class="fault">
          {problem.message}
        </p>
      )}
      <p class="buttons">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        {children}
      </p>
    </>
  );
}
