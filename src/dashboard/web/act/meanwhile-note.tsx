import type { ComponentChildren } from 'preact';
import type { DecisionView, ExperimentView } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import { actorWords } from '../experiment/log/actor-words.js';
import { visible } from '../format/visible.js';
import { keepFocus } from '../shell/focus.js';
import { changesOf } from './changes.js';
import { meanwhileWords } from './meanwhile-words.js';

export interface MeanwhileProps {
  /** What the reader decides on. */
  readonly seen: ExperimentView;
  /** What it has become, as far as that is known. */
  readonly present: ExperimentView;
  readonly outdated: boolean;
  /** Null where nothing can be done any more. */
  readonly onLookAgain: (() => Promise<void>) | null;
  /** What that means. */
  readonly children: ComponentChildren;
}

/** Says that someone or something changed the experiment while the reader was filling in. */
export function MeanwhileNote({ outdated, ...props }: MeanwhileProps) {
  return <div role="status">{outdated && <Note {...props} />}</div>;
}

function Note({ seen, present, onLookAgain, children }: Omit<MeanwhileProps, 'outdated'>) {
  const path = `v1/experiments/${encodeURIComponent(seen.key)}/decisions?limit=1`;
  const { data } = useResource<{ readonly decisions: readonly DecisionView[] }>(path, seen.key);
  const [last] = data?.decisions ?? [];
  const who = last && last.at > seen.updatedAt ? whoWords(last.actor) : null;
  const look = async () => {
    await onLookAgain?.();
    // The button goes away with what it did.
    keepFocus(document.querySelector('dialog[open] .outlook'));
  };
  return (
    <div class="meanwhile">
      <p>
        {meanwhileWords(who, changesOf(seen, present))} {children}
      </p>
      {onLookAgain && (
        <button type="button" onClick={() => void look()}>
          Look again
        </button>
      )}
    </div>
  );
}

/** On a server without keys nobody has a name. */
function whoWords(actor: string): string {
  return actor === 'person:local' ? 'somebody' : visible(actorWords(actor));
}
