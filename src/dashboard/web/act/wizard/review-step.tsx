import { useState } from 'preact/hooks';
import { declarationOf } from './declaration.js';
import type { DraftBody } from './draft-body.js';
import type { ShownFaults } from './faults-shown.js';
import { focusField } from './focus-field.js';
import { Step } from './step.js';
import type { DraftCheck } from './use-check.js';

export interface ReviewProps extends Pick<DraftBody, 'body'> {
  readonly check: DraftCheck;
  /** What is missing, what cannot be read, and what the server would refuse. */
  readonly faults: ShownFaults;
}

/** What will be sent, as it is sent and as code would declare it. */
export function ReviewStep({ body, check, faults }: ReviewProps) {
  const [asCode, setAsCode] = useState(false);
  const text = asCode ? declarationOf(body) : JSON.stringify(body, null, 2);
  return (
    <Step
      id="review"
      title="Review"
      lead="What is sent, and nothing else: whatever you did not choose is left to the server’s defaults. Nobody meets a draft until it is started."
    >
      <Checked check={check} faults={faults} />
      <div class="row">
        <div role="group" aria-label="Written as" class="row">
          <button type="button" aria-pressed={!asCode} onClick={() => setAsCode(false)}>
            JSON
          </button>
          <button type="button" aria-pressed={asCode} onClick={() => setAsCode(true)}>
            Code
          </button>
        </div>
        <Copy text={text} />
      </div>
      <pre
        class="code review"
        tabIndex={0}
        aria-label={asCode ? 'Declaration in code' : 'Body of the request'}
      >
        {text}
      </pre>
    </Step>
  );
}

/** What the server says to it, before anybody asks it to. */
function Checked({ check: { taken }, faults: { problem, elsewhere } }: Omit<ReviewProps, 'body'>) {
  const faults = [...problem.faults, ...elsewhere];
  const warnings = taken?.warnings ?? [];
  const isWell = taken !== null && faults.length === 0;
  return (
    <div class={`note ${isWell && warnings.length === 0 ? '' : 'note-warn'}`} role="status">
      <p>{verdict(faults.length, taken !== null, warnings.length)}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              <button type="button" class="link" onClick={() => focusField(pointer)}>
                {pointer || 'the draft'}
              </button>{' '}
              {message}
            </li>
          ))}
        </ul>
      )}
      {isWell && warnings.length > 0 && (
        <ul>
          {warnings.map(({ code, message }) => (
            <li key={`${code} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function verdict(faults: number, isTaken: boolean, warnings: number): string {
  if (faults > 0) return 'The server would not take this yet:';
  if (!isTaken) return 'The server is asked what it says to this…';
  return warnings === 0
    ? 'The server would take this as it is.'
    : 'The server would take this. To reconsider before it starts:';
}

function Copy({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setCopied(null),
    );
  return (
    <span class="row">
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>
      <span role="status" class="hint">
        {copied === text ? 'Copied.' : ''}
      </span>
    </span>
  );
}
