import type { Status } from '../experiments/experiment.js';

/** Something that moves an experiment to another state. */
export type LifecycleAction =
  'start' | 'pause' | 'resume' | 'conclude' | 'archive' | 'kill' | 'roll out' | 'abort';

/** From which states each action is legal, and where it leads. */
const transitions: Readonly<Record<LifecycleAction, Partial<Record<Status, Status>>>> = {
  start: { draft: 'running', scheduled: 'running' },
  pause: { running: 'paused' },
  resume: { paused: 'running', killed: 'paused' },
  conclude: { running: 'concluded', paused: 'concluded', 'rolling-out': 'concluded' },
  archive: { concluded: 'archived', killed: 'archived', imported: 'archived' },
  kill: { running: 'killed', paused: 'killed', 'rolling-out': 'killed', concluded: 'killed' },
  'roll out': { running: 'rolling-out', paused: 'rolling-out', concluded: 'rolling-out' },
  abort: { 'rolling-out': 'paused' },
};

/** The state that an action leads to, or null where it is illegal. */
export function nextStatus(status: Status, action: LifecycleAction): Status | null {
  return transitions[action][status] ?? null;
}

/** Every action that is legal in a state. */
export function legalActions(status: Status): LifecycleAction[] {
  return (Object.keys(transitions) as LifecycleAction[]).filter(
    (action) => nextStatus(status, action) !== null,
  );
}
