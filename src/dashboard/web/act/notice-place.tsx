import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExperimentView } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import { keepFocus } from '../shell/focus.js';
import { useShortcuts } from '../shell/keyboard.js';
import { hasMovedOn } from './moved-on.js';
import { notice, type Notice } from './notices.js';
import { UndoDialog } from './undo-dialog.js';

/** Where it is said what was just done, with the way back. */
export function NoticePlace() {
  const shown = notice.value;
  const [undoing, setUndoing] = useState<Notice | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const present = usePresent(shown, undoing !== null, place);
  const close = () => {
    setUndoing(null);
    // The next notice stands where the button was.
    keepFocus(place.current);
  };
  return (
    <>
      <div role="status" class="notice-place" ref={place} tabIndex={-1}>
        {shown && <NoticeCard key={shown.words} shown={shown} onUndo={() => setUndoing(shown)} />}
      </div>
      {undoing?.undo && undoing.left && (
        <UndoDialog
          undo={undoing.undo}
          left={undoing.left}
          present={present ?? undoing.left}
          onClose={close}
        />
      )}
    </>
  );
}

/** The experiment of a notice as it is by now; what holds no more is put away, unless it is being undone. */
function usePresent(
  shown: Notice | null,
  isUndoing: boolean,
  place: RefObject<HTMLElement | null>,
): ExperimentView | undefined {
  const left = shown?.left ?? null;
  const path = left && `v1/experiments/${encodeURIComponent(left.key)}`;
  const { data, problem } = useResource<ExperimentView>(path, left?.key);
  const isOver = left !== null && (problem?.status === 404 || (data !== undefined && hasMovedOn(data, left)));
  useEffect(() => {
    if (!isOver || isUndoing) return;
    notice.value = null;
    keepFocus(place.current);
  }, [isOver, isUndoing]);
  return data;
}

interface NoticeCardProps {
  readonly shown: Notice;
  readonly onUndo: () => void;
}

function NoticeCard({ shown, onUndo }: NoticeCardProps) {
  const dismiss = () => {
    notice.value = null;
    keepFocus(document.querySelector('main h1'));
  };
  useShortcuts([
    ...(shown.undo ? [{ keys: 'u', does: `Undo: ${shown.undo.name.toLowerCase()}`, run: onUndo }] : []),
    { keys: 'Escape', does: 'Put the notice away', run: dismiss },
  ]);
  return (
    <div class={shown.failed ? 'notice notice-failed' : 'notice'}>
      <p>{shown.words}</p>
      {shown.undo && (
        <button onClick={onUndo}>
          Undo: {shown.undo.name.toLowerCase()}… <kbd>u</kbd>
        </button>
      )}
      <button class="quiet" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}
