import type { ExperimentView } from '../api/contract.js';
import type { Action } from './action.js';
import { changesOf } from './changes.js';
import { consequenceOf } from './consequence.js';
import { experimentIn, type Answer } from './send.js';
import { stepWords } from './step-words.js';
import type { Rehearsal } from './use-rehearsal.js';

export interface OutlookProps {
  readonly action: Action;
  readonly experiment: ExperimentView;
  readonly rehearsal: Rehearsal;
  /** Whether what would happen is another thing by now. */
  readonly outdated: boolean;
}

/** What will happen, before it does: now and afterwards, and who is affected. */
export function Outlook({ action, experiment, rehearsal, outdated }: OutlookProps) {
  if (outdated) return null;
  return (
    <section
      class="outlook"
      tabIndex={-1}
      aria-label="What will happen"
      aria-busy={rehearsal.state === 'asking'}
    >
      <h3>What will happen</h3>
      {rehearsal.state === 'asking' && <p class="muted">Asking the server…</p>}
      {rehearsal.state === 'refused' && (
        <p role="alert" class="fault">
          {rehearsal.problem.message}
        </p>
      )}
      {rehearsal.state === 'known' && (
        <Known action={action} experiment={experiment} answer={rehearsal.answer} />
      )}
    </section>
  );
}

function Known({
  action,
  experiment,
  answer,
}: Pick<OutlookProps, 'action' | 'experiment'> & { readonly answer: Answer }) {
  const after = action === 'clone' ? null : experimentIn(answer);
  const changes = after ? changesOf(experiment, after) : [];
  const step = answer && 'evidence' in answer ? stepWords(answer) : [];
  const clone = action === 'clone' ? experimentIn(answer) : null;
  return (
    <>
      {changes.length > 0 && (
        <dl class="changes">
          {changes.map(({ what, before, after: then }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                <span class="before">{before}</span> <span aria-label="becomes">→</span>{' '}
                <strong>{then}</strong>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {clone && (
        <p>
          A draft with the key <code>{clone.key}</code>.
        </p>
      )}
      {after && changes.length === 0 && <p>Nothing changes: it is so already.</p>}
      {[...step, ...consequenceOf(action, experiment, after)].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </>
  );
}
