import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { keepFocus } from '../shell/focus.js';
import { useShortcuts } from '../shell/keyboard.js';
import { notice, takeBack, type Notice } from './notices.js';

/** Where it is said what was just done, with the way back. */
export function NoticePlace() {
  const shown = notice.value;
  const place = useRef<HTMLDivElement>(null);
  return (
    <div role="status" class="notice-place" ref={place} tabIndex={-1}>
      {shown && <NoticeCard key={shown.words} shown={shown} place={place} />}
    </div>
  );
}

interface NoticeCardProps {
  readonly shown: Notice;
  readonly place: RefObject<HTMLElement | null>;
}

function NoticeCard({ shown, place }: NoticeCardProps) {
  const [busy, setBusy] = useState(false);
  const undo = () => {
    if (busy) return;
    setBusy(true);
    void takeBack(shown).finally(() => {
      setBusy(false);
      // The next notice stands where the button was.
      keepFocus(place.current);
    });
  };
  const dismiss = () => {
    notice.value = null;
    keepFocus(document.querySelector('main h1'));
  };
  useShortcuts([
    ...(shown.undo ? [{ keys: 'u', does: `Undo: ${shown.undo.name.toLowerCase()}`, run: undo }] : []),
    { keys: 'Escape', does: 'Put the notice away', run: dismiss },
  ]);
  return (
    <div class={shown.failed ? 'notice notice-failed' : 'notice'}>
      <p>{shown.words}</p>
      {shown.undo && (
        <button onClick={undo} aria-busy={busy}>
          Undo: {shown.undo.name.toLowerCase()} <kbd>u</kbd>
        </button>
      )}
      <button class="quiet" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}
