import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExperimentView } from '../../api/contract.js';
import { useResource } from '../../api/resource.js';
import { keepFocus } from '../../shell/focus.js';
import { hrefOf } from '../../shell/router.js';
import { visible } from '../../format/visible.js';
import { ActionDialog } from '../action-dialog.js';

export interface CreatedProps {
  readonly draft: ExperimentView;
  /** Deletes it and goes back to the form. */
  readonly onChange: () => void;
  readonly onAnother: () => void;
}

/** The draft is there: what to reconsider, and what comes next. */
export function Created({ draft, onChange, onAnother }: CreatedProps) {
  const path = `v1/experiments/${encodeURIComponent(draft.key)}`;
  const { data: present = draft } = useResource<ExperimentView>(path, draft.key);
  const [starting, setStarting] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const isDraft = present.status === 'draft';
  const close = () => {
    setStarting(false);
    // The button that opened it is gone once it has started.
    keepFocus(title.current);
  };
  return (
    <section class="card step" aria-labelledby="created-title">
      <h1 id="created-title" ref={title} tabIndex={-1}>
        {isDraft ? 'The draft is there' : `It is ${present.status}`}
      </h1>
      <p>
        <strong>{visible(present.name)}</strong> <code>{present.key}</code>
        {isDraft && '. Nobody meets it until it is started.'}
      </p>
      {isDraft && <Warnings draft={draft} />}
      <p class="row">
        {isDraft && (
          <button class="primary" onClick={() => setStarting(true)}>
            Start…
          </button>
        )}
        <a class="button" href={hrefOf(['experiments', present.key])}>
          Open
        </a>
        {isDraft && <button onClick={onChange}>Delete it and change</button>}
        <button class="quiet" onClick={onAnother}>
          Another one
        </button>
      </p>
      {starting && <ActionDialog action="start" experiment={present} onClose={close} />}
    </section>
  );
}

function Warnings({ draft: { warnings } }: Pick<CreatedProps, 'draft'>) {
  if (warnings.length === 0) return <p>Nothing to reconsider was found.</p>;
  return (
    <>
      <h2>
        {warnings.length === 1 ? 'One thing to reconsider' : `${warnings.length} things to reconsider`} before
        it starts
      </h2>
      <ul class="draft-warnings">
        {warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            {message} <code>{code}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
