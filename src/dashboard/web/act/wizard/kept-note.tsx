import { useState } from 'preact/hooks';
import type { DraftState } from './use-draft.js';

/** Says that what is typed is kept, and throws it away on demand. */
export function KeptNote({ draft: { kept, restored, problem, discard } }: { readonly draft: DraftState }) {
  const [asked, setAsked] = useState(false);
  return (
    <div class="kept-note" role="status">
      {problem && <p class="fault">{problem}</p>}
      {!kept && (
        <p class="hint">What you type is kept in this tab until the draft is created or you discard it.</p>
      )}
      {kept && !asked && (
        <p class="hint">
          {restored ? 'This is what you typed before; it is kept in this tab.' : 'Kept in this tab.'}{' '}
          <button type="button" class="link" onClick={() => setAsked(true)}>
            Discard
          </button>
        </p>
      )}
      {kept && asked && (
        <p class="row">
          Discard all you typed?
          <button
            type="button"
            class="danger"
            onClick={() => {
              discard();
              setAsked(false);
            }}
          >
            Discard
          </button>
          <button type="button" onClick={() => setAsked(false)}>
            Keep
          </button>
        </p>
      )}
    </div>
  );
}
