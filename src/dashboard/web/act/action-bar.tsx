import { useEffect, useRef, useState } from 'preact/hooks';
import type { TabProps } from '../experiment/tab.js';
import { keepFocus } from '../shell/focus.js';
import { useShortcuts } from '../shell/keyboard.js';
import { mayOperate } from '../shell/sign-in.js';
import { actionWords, type Action } from './action.js';
import { ActionDialog } from './action-dialog.js';
import { AllActionsDialog } from './all-actions-dialog.js';
import { KillDialog } from './kill-dialog.js';
import { foremost, refusalOf } from './legal-actions.js';
import { useKillKeys } from './use-kill-keys.js';

/** What may be done with the experiment now. */
export function ActionBar({ experiment }: TabProps) {
  if (!mayOperate())
    return (
      <p class="actions muted">You may look, not act: the key you signed in with has no scope "operate".</p>
    );
  return <Actions experiment={experiment} />;
}

function Actions({ experiment }: TabProps) {
  const [chosen, setChosen] = useState<Action | 'all' | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const open = (choice: Action | 'all') => {
    if (chosen === null) opener.current = document.activeElement;
    setChosen(choice);
  };
  const canKill = refusalOf(experiment, 'kill') === null;
  const armed = useKillKeys(canKill, () => open('kill'));
  useShortcuts([{ keys: 'a', does: 'What can be done here', run: () => open('all') }]);
  const close = () => {
    setChosen(null);
    keepFocus(opener.current, place.current);
  };
  // The button that opened it goes away once it is known what was done.
  useEffect(() => {
    if (opener.current !== null) keepFocus(opener.current, place.current);
    opener.current = null;
  }, [experiment.version]);
  return (
    <div class="actions" ref={place} tabIndex={-1} role="group" aria-label="Actions">
      {foremost(experiment).map((action) => (
        <button key={action} onClick={() => open(action)}>
          {actionWords[action].name}
        </button>
      ))}
      <button onClick={() => open('all')}>All actions…</button>
      {canKill && (
        <button class="danger" title="! then k" onClick={() => open('kill')}>
          Kill
        </button>
      )}
      <span role="status" class="armed">
        {armed && 'Press k to kill it.'}
      </span>
      {chosen === 'all' && <AllActionsDialog experiment={experiment} onChoose={open} onClose={close} />}
      {chosen === 'kill' && <KillDialog experiment={experiment} onClose={close} />}
      {chosen !== null && chosen !== 'all' && chosen !== 'kill' && (
        <ActionDialog key={chosen} action={chosen} experiment={experiment} onClose={close} />
      )}
    </div>
  );
}
