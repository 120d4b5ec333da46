import { useRef, useState } from 'preact/hooks';
import { presentShortcuts, useShortcuts, type Shortcut } from './keyboard.js';

/** `?` lists what the keyboard can do here. */
export function KeyboardHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState<readonly Shortcut[]>([]);
  const open = () => {
    setShown(presentShortcuts());
    dialog.current?.showModal();
  };
  useShortcuts([{ keys: '?', does: 'Show this help', run: open }]);
  return (
    <dialog ref={dialog} aria-labelledby="keyboard-help">
      <h2 id="keyboard-help">Keyboard</h2>
      <dl class="shortcuts">
        {shown.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button>Close</button>
      </form>
    </dialog>
  );
}
