import { visible } from '../format/visible.js';
import type { ExperimentView } from '../api/contract.js';
import { shareOf } from '../format/number.js';
import type { Action } from './action.js';

/**
 * Whom an action touches, and whether it can be taken back, in sentences.
 *
 * @param after what the experiment would be; null where it is not known
 */
export function consequenceOf(
  action: Action,
  before: ExperimentView,
  after: ExperimentView | null,
): readonly string[] {
  return sentences[action](before, after);
}

type Sentences = (before: ExperimentView, after: ExperimentView | null) => readonly string[];

const everyoneOnFallback = 'Everyone gets the fallback, also units that have met a variant.';

const sentences: Readonly<Record<Action, Sentences>> = {
  start: (_, after) =>
    after?.status === 'scheduled'
      ? ['Nobody is let in before its time.', lockedSentence]
      : [`${shareOf((after?.coverage ?? 100) / 100)} of all units are let in from now on.`, lockedSentence],
  pause: () => [
    everyoneOnFallback,
    'Nothing new is counted. Once it is resumed each unit has the variant of before.',
  ],
  resume: (before) =>
    before.status === 'paused' && before.decidedVariant !== null
      ? ['Everyone gets again what was decided before the kill.']
      : before.status === 'killed'
        ? ['It is paused then: everyone stays on the fallback until it is resumed a second time.']
        : ['Units that have met a variant get it again, and new ones are let in.'],
  'set allocation': (before, after) => allocationSentences(before, after),
  reallocate: () => ['New units follow the new weights. Units that have met a variant keep it.'],
  'roll out': (_, after) => [
    'Everyone is let in, and the slot alone decides: units may change their variant now, also those of the test.',
    after?.status === 'concluded'
      ? 'There is one stage, so it ships at once. That cannot be taken back.'
      : 'Harm takes it back by itself, and so can you, until its last stage ships the winner.',
  ],
  'pause rollout': () => ['Nobody changes variant. The next stage waits; harm is still looked for.'],
  'resume rollout': () => ['Nobody changes variant until the next stage is due.'],
  'abort rollout': () => [
    everyoneOnFallback,
    'It is paused with the weights of the test. Resume it for the test to go on.',
  ],
  'approve ramp': () => [
    'Nobody is let in by this alone: the other conditions of the step still have to hold.',
  ],
  'hold ramp': () => ['Nobody changes variant. Nobody further is let in until it is resumed.'],
  'resume ramp': () => ['The next step comes once what was left of its time is over.'],
  'abort ramp': () => ['Nobody changes variant. Later steps are not taken; a new ramp can be set.'],
  conclude: ({ variants }, after) => {
    const name = variants.find(({ key }) => key === after?.decidedVariant)?.name;
    return [
      `Everyone is served ${name ? `"${visible(name)}"` : 'that variant'} from now on, all at once. Nothing new is measured of the test.`,
      'It cannot be resumed. A rollout takes a winner to everyone in stages instead.',
    ];
  },
  archive: () => [
    'Everyone gets the fallback for good. What was recorded is kept.',
    'This cannot be taken back; it can be cloned.',
  ],
  clone: () => ['Nothing changes here. The clone is a draft that nobody meets until it is started.'],
  delete: ({ registeredInCode }) => [
    'Nobody has met it. This cannot be taken back.',
    ...(registeredInCode
      ? ['It is declared in code, which creates it again when the application starts.']
      : []),
  ],
  kill: () => [
    'Everyone gets the fallback at once, on every server. It waits for nothing.',
    'To come back, resume it with a reason: it is paused then, and a second resume lets it run.',
  ],
};

const lockedSentence = 'Its variants, unit, metrics, window and targeting cannot be changed afterwards.';

function allocationSentences(before: ExperimentView, after: ExperimentView | null): readonly string[] {
  if (before.status === 'draft') return ['Nobody has met it yet; it starts so.'];
  const keep = 'Units that have met a variant keep it; new units follow the new weights.';
  const [from, to] = [before.allocation.mode, after?.allocation.mode];
  if (to === 'bandit')
    return [
      `${from === 'bandit' ? 'The bandit goes on so' : 'Weights stay as they are until the first step of the bandit, one period from now'}. ${keep}`,
      ...(from === 'fixed' ? ['The report says from then on that the test was not held to its plan.'] : []),
    ];
  return [keep];
}
