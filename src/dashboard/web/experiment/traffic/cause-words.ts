import type { EpochView } from '../../api/contract.js';
import { countOf, shareOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { actorWords } from '../log/actor-words.js';
import { numberIn, numbersIn, textIn } from '../log/evidence.js';

/** Why a weight epoch began, in one sentence without a full stop. */
export function causeWords({ cause, evidence, coverage }: EpochView): string {
  const reason = textIn(evidence, 'reason');
  switch (cause) {
    case 'start':
      return 'The experiment started';
    case 'weights':
      return `${capital(actorWords(textIn(evidence, 'actor') ?? 'person:'))} set the weights`;
    case 'coverage':
      return `Coverage was raised by hand to ${shareOf(coverage / 100)}${because(reason)}`;
    case 'bandit':
      return `The bandit moved the weights${because(reason)}`;
    case 'ramp':
      return `The ramp raised coverage to ${shareOf(coverage / 100)}`;
    case 'rollout':
      return rolloutWords(evidence);
    case 'abort':
      return evidence['killed'] === true
        ? 'A kill was lifted: the weights are those of the test again'
        : `A rollout was taken back: the weights are those of the test again${because(reason)}`;
    case 'guardrail':
      return `A guardrail moved the weights${because(reason)}`;
    case 'conclude':
      return `The experiment was concluded on ${textIn(evidence, 'decidedVariant') ?? 'a variant'}, with a holdback to compare with`;
    case 'import':
      return 'The first lines of an import arrived';
    case 'model-change':
      return `A model changed behind its name${because(reason)}`;
    case 'segments':
      return `Other units are served here since${because(reason)}`;
  }
}

function rolloutWords(evidence: EpochView['evidence']): string {
  const percent = numberIn(evidence, 'percent');
  const winner = textIn(evidence, 'winner') ?? 'the winner';
  return `The rollout took ${winner} to ${percent === null ? 'its next stage' : shareOf(percent / 100)}`;
}

/** Something that a change was decided on: what it is, and its value for each variant or in one. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What of an epoch's evidence fits in a line; chances by variant are shown apart. */
export function causeFacts({ evidence }: EpochView): Fact[] {
  const dueAt = textIn(evidence, 'dueAt');
  const remainder = textIn(evidence, 'remainder');
  const anyFeasible = numberIn(evidence, 'anyFeasible');
  const early = textIn(evidence, 'early');
  const step = numberIn(evidence, 'maximumStep');
  return [
    ...(early ? [{ name: 'Before its time', value: early }] : []),
    ...(dueAt ? [{ name: 'Due', value: instantOf(dueAt) }] : []),
    ...(remainder ? [{ name: 'The rest goes to', value: remainder }] : []),
    ...(anyFeasible !== null
      ? [{ name: 'Chance that any variant keeps the conditions', value: shareOf(anyFeasible) }]
      : []),
    ...(step !== null && 'weightsWithoutLimit' in evidence
      ? [{ name: 'Held back to the largest step', value: shareOf(step) }]
      : []),
  ];
}

/** What the bandit knew of one variant. */
export interface BanditFact {
  readonly variant: string;
  readonly units: number | null;
  readonly mean: number | null;
  readonly probabilityBest: number | null;
}

/** What the bandit knew at a step, by variant; none where no bandit decided. */
export function banditFacts({ evidence }: Pick<EpochView, 'evidence'>): BanditFact[] {
  const [units, means, chances] = ['units', 'means', 'probabilityBest'].map((name) =>
    numbersIn(evidence, name),
  );
  if (!units && !chances) return [];
  return Object.keys({ ...units, ...means, ...chances }).map((variant) => ({
    variant,
    units: units?.[variant] ?? null,
    mean: means?.[variant] ?? null,
    probabilityBest: chances?.[variant] ?? null,
  }));
}

/** Where one is: what assistive technology says of the slider. */
export function epochPlace(place: number, count: number, epoch: EpochView): string {
  return `Epoch ${countOf(place + 1)} of ${countOf(count)}, ${instantOf(epoch.startedAt)}: ${causeWords(epoch)}`;
}

function because(reason: string | null): string {
  return reason ? `: ${reason}` : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
