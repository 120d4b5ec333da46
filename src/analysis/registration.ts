import type { Experiment } from '../experiments/experiment.js';
import { planHash } from '../experiments/plan-hash.js';
import { counted } from './figure.js';
import { switchedModes } from './mode-switches.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { dayMilliseconds } from '../operations/duration.js';

/** Whether the plan was complete before the first unit came: only then does a result confirm a hypothesis. */
export type Registration = 'confirmatory' | 'exploratory';

/** Something done otherwise than planned. */
export interface Deviation {
  readonly code:
    | 'MODE_SWITCHED'
    | 'BANDIT_ALLOCATION'
    | 'WEIGHTS_CHANGED'
    | 'GUARDRAILS_LOOSENED'
    | 'EARLY_STOP'
    | 'PLAN_CHANGED';
  readonly message: string;
}

/** The part of a recorded decision that deviations are read from. */
export interface PastDecision {
  readonly action: string;
  readonly reason: string;
  readonly at: Date;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/**
 * Whether the experiment was registered: hypothesis, primary metric, minimum effect and decision rule all given. They
 * cannot change after the start, so what the record says now is what it said then. Imported data come before any plan.
 *
 * @example registration({ ...experiment, hypothesis: '' }); // 'exploratory'
 */
export function registration(experiment: Experiment): Registration {
  return missingFromPlan(experiment).length === 0 ? 'confirmatory' : 'exploratory';
}

/**
 * What a complete plan would have had before the first unit came; nothing is missing from a complete one.
 *
 * @example missingFromPlan({ ...experiment, hypothesis: '' }); // ['a hypothesis']
 */
export function missingFromPlan({ source, hypothesis, metrics, plan }: Experiment): string[] {
  return [
    ...(source === 'live' ? [] : ['a plan before the data, which imported data cannot have']),
    ...(hypothesis.trim() === '' ? ['a hypothesis'] : []),
    ...(metrics.primary.length === 0 ? ['a primary metric'] : []),
    ...(metrics.minimumEffect === null ? ['a minimum effect'] : []),
    ...(plan.decision.trim() === '' ? ['a decision rule'] : []),
  ];
}

/**
 * What was done otherwise than planned, from the traffic history and the decision log.
 *
 * @param unitsOf units exposed in the epoch of that number
 * @example deviations(experiment, epochs, decisions); // [{ code: 'BANDIT_ALLOCATION', message: '…' }]
 */
export function deviations(
  experiment: Experiment,
  epochs: readonly Pick<WeightEpoch, 'number' | 'cause' | 'weights'>[],
  decisions: readonly PastDecision[],
  unitsOf: (epoch: number) => number = () => 0,
): Deviation[] {
  const switched = switchedModes(experiment, epochs, decisions, unitsOf);
  return [
    ...changedPlan(experiment),
    ...(switched === null ? [] : [{ code: 'MODE_SWITCHED' as const, message: switched }]),
    ...movedWeights(epochs),
    ...decisions
      .filter(({ action }) => action === 'loosen guardrails')
      .map(({ at, reason }) => ({
        code: 'GUARDRAILS_LOOSENED' as const,
        message: `Guardrails were loosened on ${day(at)}: ${reason}`,
      })),
    ...earlyStop(experiment, decisions),
  ];
}

function changedPlan(experiment: Experiment): Deviation[] {
  if (experiment.planHash === null || experiment.planHash === planHash(experiment)) return [];
  return [
    { code: 'PLAN_CHANGED', message: 'The plan on record is not the one that was hashed at the start.' },
  ];
}

function movedWeights(epochs: readonly Pick<WeightEpoch, 'number' | 'cause'>[]): Deviation[] {
  const times = (cause: WeightEpoch['cause']) => epochs.filter((epoch) => epoch.cause === cause).length;
  const [bandit, hand] = [times('bandit'), times('weights')];
  return [
    ...(bandit > 0
      ? [
          {
            code: 'BANDIT_ALLOCATION' as const,
            message: `A bandit moved the weights ${counted(bandit, 'time')}.`,
          },
        ]
      : []),
    ...(hand > 0
      ? [
          {
            code: 'WEIGHTS_CHANGED' as const,
            message: `The weights were changed by hand ${counted(hand, 'time')}.`,
          },
        ]
      : []),
  ];
}

function earlyStop({ startedAt, plan }: Experiment, decisions: readonly PastDecision[]): Deviation[] {
  const concluded = decisions.find(({ action }) => action === 'conclude');
  if (!concluded || !startedAt) return [];
  const days = (concluded.at.getTime() - startedAt.getTime()) / dayMilliseconds;
  if (days >= plan.minimumDays) return [];
  const message = `It was concluded on ${day(concluded.at)}, before its ${counted(plan.minimumDays, 'day')} were over.`;
  return [{ code: 'EARLY_STOP', message }];
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
