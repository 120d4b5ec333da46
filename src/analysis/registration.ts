import type { Experiment } from '../experiments/experiment.js';
import { planHash } from '../experiments/plan-hash.js';
import { counted } from './figure.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';

/** Whether the plan was complete before the first unit came: only then does a result confirm a hypothesis. */
export type Registration = 'confirmatory' | 'exploratory';

/** Something done otherwise than planned. */
export interface Deviation {
  readonly code:
    'BANDIT_ALLOCATION' | 'WEIGHTS_CHANGED' | 'GUARDRAILS_LOOSENED' | 'EARLY_STOP' | 'PLAN_CHANGED';
  readonly message: string;
}

/** The part of a recorded decision that deviations are read from. */
export interface PastDecision {
  readonly action: string;
  readonly reason: string;
  readonly at: Date;
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
 * @example deviations(experiment, epochs, decisions); // [{ code: 'BANDIT_ALLOCATION', message: '…' }]
 */
export function deviations(
  experiment: Experiment,
  epochs: readonly Pick<WeightEpoch, 'number' | 'cause'>[],
  decisions: readonly PastDecision[],
): Deviation[] {
  const listed: Deviation[] = [];
  if (experiment.planHash !== null && experiment.planHash !== planHash(experiment)) {
    const message = 'The plan on record is not the one that was hashed at the start.';
    listed.push({ code: 'PLAN_CHANGED', message });
  }
  const bandit = epochs.filter(({ cause }) => cause === 'bandit');
  if (bandit.length > 0) {
    listed.push({
      code: 'BANDIT_ALLOCATION',
      message: `A bandit moved the weights ${counted(bandit.length, 'time')}.`,
    });
  }
  const moved = epochs.filter(({ cause }) => cause === 'weights');
  if (moved.length > 0) {
    listed.push({
      code: 'WEIGHTS_CHANGED',
      message: `The weights were changed by hand ${counted(moved.length, 'time')}.`,
    });
  }
  for (const { at, reason } of decisions.filter(({ action }) => action === 'loosen guardrails')) {
    listed.push({
      code: 'GUARDRAILS_LOOSENED',
      message: `Guardrails were loosened on ${day(at)}: ${reason}`,
    });
  }
  const concluded = decisions.find(({ action }) => action === 'conclude');
  const days =
    concluded &&
    experiment.startedAt &&
    (concluded.at.getTime() - experiment.startedAt.getTime()) / 86_400_000;
  if (concluded && days && days < experiment.plan.minimumDays) {
    const message = `It was concluded on ${day(concluded.at)}, before its ${experiment.plan.minimumDays} days were over.`;
    listed.push({ code: 'EARLY_STOP', message });
  }
  return listed;
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
