import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api/request.js';
import type { ActionRequest } from './action-request.js';
import { problemIn, rehearse, type Answer } from './send.js';

/** What the server says would happen. */
export type Rehearsal =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly answer: Answer }
  | { readonly state: 'refused'; readonly problem: Problem };

/** Typing is over when nothing came for so long. */
const quietMilliseconds = 250;

/** Asks what the request would do, again whenever it or the version changes; null asks nothing. */
export function useRehearsal(wanted: ActionRequest | null, version: number): Rehearsal {
  const asked = `${version} ${JSON.stringify(wanted)}`;
  const [said, setSaid] = useState<{ asked: string; rehearsal: Rehearsal } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    let current = true;
    const say = (rehearsal: Rehearsal) => current && setSaid({ asked, rehearsal });
    const timer = setTimeout(
      () => {
        rehearse(wanted, version).then(
          (answer) => say({ state: 'known', answer }),
          (error: unknown) => say({ state: 'refused', problem: problemIn(error) }),
        );
      },
      said === null ? 0 : quietMilliseconds,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return said?.asked === asked ? said.rehearsal : { state: 'asking' };
}
