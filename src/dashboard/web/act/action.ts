/** Everything that a person can do with an experiment from its page. */
export const actions = [
  'start',
  'resume',
  'pause',
  'set allocation',
  'reallocate',
  'roll out',
  'pause rollout',
  'resume rollout',
  'abort rollout',
  'approve ramp',
  'hold ramp',
  'resume ramp',
  'abort ramp',
  'conclude',
  'archive',
  'clone',
  'delete',
  'kill',
] as const;

export type Action = (typeof actions)[number];

/** How an action is named on its button, and what it is for. */
export interface ActionWords {
  readonly name: string;
  readonly purpose: string;
}

/** Buttons are read alone, so each says what it acts on. */
export const actionWords: Readonly<Record<Action, ActionWords>> = {
  start: { name: 'Start', purpose: 'Units are let in and meet their variants.' },
  resume: { name: 'Resume', purpose: 'Go on where it stopped; units keep the variants they had.' },
  pause: { name: 'Pause', purpose: 'Everyone gets the fallback until somebody resumes it.' },
  'set allocation': {
    name: 'Change weights',
    purpose: 'Set fixed weights, or let a bandit set them from now on.',
  },
  reallocate: {
    name: 'Reallocate now',
    purpose: "Take the bandit's next step without waiting for its time.",
  },
  'roll out': {
    name: 'Roll out',
    purpose: 'Take a winner to everyone, in stages that are watched for harm.',
  },
  'pause rollout': { name: 'Pause rollout', purpose: 'Hold the present stage; its weights stay.' },
  'resume rollout': {
    name: 'Resume rollout',
    purpose: 'Let the stage run on for what was left of its time.',
  },
  'abort rollout': {
    name: 'Abort rollout',
    purpose: 'Back to the weights of before, paused until somebody resumes.',
  },
  'approve ramp': {
    name: 'Approve ramp step',
    purpose: 'Let the ramp take the step that waits for a person.',
  },
  'hold ramp': { name: 'Hold ramp', purpose: 'Coverage stays where it is until the ramp is resumed.' },
  'resume ramp': { name: 'Resume ramp', purpose: 'Let the ramp run on for what was left of its time.' },
  'abort ramp': { name: 'Abort ramp', purpose: 'End the ramp; coverage stays where it is for good.' },
  conclude: {
    name: 'Conclude',
    purpose: 'End it now: everyone is served one variant at once, without stages.',
  },
  archive: {
    name: 'Archive',
    purpose: 'Keep everything that was recorded, and serve the fallback for good.',
  },
  clone: { name: 'Clone', purpose: 'A new draft of the same definition, in which units are drawn anew.' },
  delete: { name: 'Delete draft', purpose: 'Nobody has met it; it goes without a trace.' },
  kill: { name: 'Kill', purpose: 'Everyone on the fallback at once, on every server.' },
};
