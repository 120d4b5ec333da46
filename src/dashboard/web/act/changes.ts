import type { ExperimentView } from '../api/contract.js';
import { durationOf } from '../format/duration.js';
import { shareOf } from '../format/number.js';
import { rampStanding } from './ramp-standing.js';

/** Something that is one way now and another afterwards, in words. */
export interface ChangeWords {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const facts: readonly (readonly [string, (experiment: ExperimentView) => string])[] = [
  ['State', ({ status }) => status],
  ['Who sets the weights', allocationWords],
  ['Share of new units', sharesWords],
  ['Units let in', ({ coverage }) => shareOf(coverage / 100)],
  ['New units', ({ admission }) => (admission === 'open' ? 'let in' : 'not let in')],
  ['Served to everyone', ({ decidedVariant }) => decidedVariant ?? 'nothing decided'],
  ['Rollout', rolloutWords],
  ['Ramp', rampWords],
];

/**
 * What differs between an experiment now and after an action.
 *
 * @example changesOf(running, paused) // [{ what: 'State', before: 'running', after: 'paused' }]
 */
export function changesOf(before: ExperimentView, after: ExperimentView): ChangeWords[] {
  return facts
    .map(([what, words]) => ({ what, before: words(before), after: words(after) }))
    .filter((change) => change.before !== change.after);
}

function allocationWords({ allocation }: ExperimentView): string {
  if (allocation.mode === 'fixed') return 'fixed, by a person';
  const { reward, every, floor, segments } = allocation;
  const parted = segments ? `, with segments by ${segments.attributes.join(' and ')}` : '';
  return `a bandit on ${rewardWords(reward)}, every ${durationOf(every)}, at least ${shareOf(floor)} each${parted}`;
}

type Reward = Extract<ExperimentView['allocation'], { mode: 'bandit' }>['reward'];

/** What a bandit raises, named. */
export function rewardWords(reward: Reward): string {
  if (typeof reward === 'string') return reward;
  return 'maximise' in reward
    ? `${reward.maximise} under conditions`
    : `a sum of ${Object.keys(reward.utility).join(', ')}`;
}

/** Shares of each variant: those in force, or those it would start with. */
export function sharesWords({ variants, currentEpoch }: ExperimentView): string {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants
    .map(({ key, weight }) => `${key} ${shareOf(currentEpoch?.weights[key] ?? weight / total)}`)
    .join(', ');
}

function rolloutWords({ rollout }: ExperimentView): string {
  if (!rollout) return 'none';
  const stage = rollout.stages[rollout.stage];
  const where = `${rollout.winner}, stage ${rollout.stage + 1} of ${rollout.stages.length}, ${stage?.percent ?? 100} %`;
  if (rollout.paused) return `${where}, paused`;
  return stage?.hold ? `${where} for ${durationOf(stage.hold)}` : where;
}

function rampWords(experiment: ExperimentView): string {
  const state = rampStanding(experiment);
  if (state !== 'none' && experiment.status === 'rolling-out') return 'stands still';
  const approved = experiment.rampState?.approvedCoverage ?? 0;
  return approved > experiment.coverage ? `${state}, approved up to ${approved} %` : state;
}
