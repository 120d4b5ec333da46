import type { AssignmentReason } from './assignment.js';

/** The reason of an assignment in a sentence. */
export function explanation(reason: AssignmentReason): string {
  return explanations[reason];
}

const explanations: Readonly<Record<AssignmentReason, string>> = {
  split: 'The unit hashes to a slot that this variant owns.',
  pinned: 'The unit keeps the variant of its first exposure, whatever has changed since.',
  'not-started': 'The experiment has not started: everyone is served the fallback.',
  imported: 'The experiment holds imported data and serves the fallback.',
  'unknown-experiment': 'No experiment has this key: the fallback is served.',
  'admission-closed': 'The experiment takes no new units and this one was not exposed before.',
  paused: 'The experiment is paused: everyone is served the fallback.',
  rollout: 'A winner is being rolled out: the slot alone decides, earlier variants no longer hold.',
  shipped: 'The experiment is concluded: everyone is served the decided variant.',
  archived: 'The experiment is archived: everyone is served the fallback.',
  forced: 'Someone chose this variant by hand to look at it; the unit is not analysed.',
  holdback: 'The unit is held back on the configuration of before, to measure long-term effects.',
  'not-eligible': 'The unit lies outside the coverage.',
  'not-targeted': "The experiment's rule does not hold for this unit, and it was not exposed before.",
  excluded: "The unit lies in the part of the layer that is another experiment's, or nobody's.",
  killed: 'The kill switch is on: everyone is served the fallback.',
  stale:
    'The first assignment of this unit could not be looked up just now: the fallback is served this once.',
};
