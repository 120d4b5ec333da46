import type { ExperimentView } from '../api/contract.js';
import { announce } from '../api/live.js';
import { request } from '../api/request.js';
import { hrefOf, navigate } from '../shell/router.js';
import type { Action } from './action.js';
import type { ActionRequest } from './action-request.js';
import { doneWords } from './done-words.js';
import { notify } from './notices.js';
import { experimentIn, perform } from './send.js';
import { undoOf } from './undo.js';

/** The experiment as it is this moment. */
export function readExperiment(key: string): Promise<ExperimentView> {
  return request<ExperimentView>('GET', `v1/experiments/${encodeURIComponent(key)}`);
}

/**
 * Does it on the version that was seen, tells of it, and goes where it leads.
 *
 * @param version null for what must not wait for anyone's change: a kill
 * @throws Problem when the server refuses
 */
export async function carryOut(
  action: Action,
  before: ExperimentView,
  wanted: ActionRequest,
  version: number | null,
): Promise<void> {
  const answer = await perform(wanted, version);
  const after = action === 'reallocate' ? await readExperiment(before.key) : experimentIn(answer);
  const undo = after && undoOf(action, before, after);
  notify(doneWords(action, before, after), { undo: undo ?? null, left: undo ? after : null });
  announce(before.key);
  if (action === 'clone' && after) navigate(hrefOf(['experiments', after.key]));
  if (action === 'delete') navigate(hrefOf([]));
}
