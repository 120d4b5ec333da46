import { useRef, useState } from 'preact/hooks';
import { saveText } from '../chart/save.js';
import { countOf } from '../format/number.js';
import { keepFocus } from '../shell/focus.js';
import { charactersAtOnce, folded } from './folded.js';
import { visibleParts } from './visible-text.js';

export interface PlainTextProps {
  readonly text: string;
  /** What it is, for whoever cannot see: `answer`. */
  readonly name: string;
}

/** A text that somebody or a model wrote: as text alone, with its white space, folded where it is long. */
export function PlainText({ text, name }: PlainTextProps) {
  const [unfolded, setUnfolded] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  const { shown, left } = folded(text, unfolded);
  const more = left - folded(text, unfolded + 1).left;
  const unfold = (times: number) => {
    setUnfolded(times);
    // The button may go away with what it did.
    keepFocus(place.current);
  };
  return (
    <div class="plain-text" ref={place} tabIndex={-1}>
      <pre dir="auto">
        {visibleParts(shown).map(({ text: part, hidden }, place) =>
          hidden ? (
            <span key={place} class="unseen" title="A character that cannot be seen">
              {`[${part}]`}
            </span>
          ) : (
            part
          ),
        )}
        {left > 0 && '…'}
      </pre>
      {left > 0 && (
        <button key="more" class="quiet" aria-expanded={unfolded > 0} onClick={() => unfold(unfolded + 1)}>
          {`Show ${countOf(more)} more characters of the ${name}`}
          {left > more && ` (${countOf(left)} left)`}
        </button>
      )}
      {unfolded > 0 && (
        <button key="fold" class="quiet" aria-expanded onClick={() => unfold(0)}>
          {`Fold the ${name}`}
        </button>
      )}
      {text.length > charactersAtOnce && (
        <button class="quiet" onClick={() => saveText(text, `${name}.txt`, 'text/plain')}>
          {`Save the whole ${name}`}
        </button>
      )}
    </div>
  );
}
