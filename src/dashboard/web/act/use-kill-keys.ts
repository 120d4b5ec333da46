import { useEffect, useRef, useState } from 'preact/hooks';
import { useShortcuts } from '../shell/keyboard.js';

/** How long the second key is waited for. */
const patienceMilliseconds = 3_000;

/**
 * Two keys, `!` then `k`, so that none is pressed by mistake.
 *
 * @returns whether the first was pressed
 */
export function useKillKeys(isLegal: boolean, kill: () => void): boolean {
  // The second key may come before the first is drawn.
  const pressedAt = useRef(-Infinity);
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [armed]);
  const arm = () => {
    pressedAt.current = performance.now();
    setArmed(true);
  };
  const fire = () => {
    if (performance.now() - pressedAt.current > patienceMilliseconds) return;
    pressedAt.current = -Infinity;
    setArmed(false);
    kill();
  };
  useShortcuts(
    isLegal
      ? [
          { keys: '!', does: 'Kill it: then k', run: arm },
          { keys: 'k', does: 'Kill it, right after !', run: fire },
        ]
      : [],
  );
  return armed;
}
