import { useState } from 'preact/hooks';
import { countOf } from '../format/number.js';
import { folded } from './folded.js';
import { visibleParts } from './visible-text.js';

export interface PlainTextProps {
  readonly text: string;
  /** What it is, for whoever cannot see: `answer`. */
  readonly name: string;
}

/** A text that somebody or a model wrote: as text alone, with its white space, folded where it is long. */
export function PlainText({ text, name }: PlainTextProps) {
  const [open, setOpen] = useState(false);
  const { shown, left } = folded(text);
  const parts = visibleParts(open ? text : shown);
  return (
    <div class="plain-text">
      <pre dir="auto">
        {parts.map(({ text: part, hidden }, place) =>
          hidden ? (
            <span key={place} class="unseen" title="A character that cannot be seen">
              {`[${part}]`}
            </span>
          ) : (
            part
          ),
        )}
        {left > 0 && !open && '…'}
      </pre>
      {left > 0 && (
        <button class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? `Fold the ${name}` : `Show ${countOf(left)} more characters of the ${name}`}
        </button>
      )}
    </div>
  );
}
