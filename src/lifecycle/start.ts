import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { planHash } from '../experiments/plan-hash.js';
import type { ProgrammeHoldback } from '../experiments/programme/programme-holdback.js';
import { dayMilliseconds, durationMilliseconds } from '../operations/duration.js';
import type { Change } from './change.js';
import type { DueChange, DueStep } from './due-step.js';
import { lookPeriod } from './look-period.js';
import { firstCoverage, untilNextStep } from './ramp.js';

/** Milliseconds between two looks at an experiment's guardrails. */
export const guardrailPeriod = 10_000;

/**
 * What starting an experiment changes: its first weight epoch and all its due times; or only the due start, if it lies ahead.
 *
 * @param programme units that no experiment touches; requests have nobody to be held back as
 */
export function startChange(
  seen: Experiment,
  actor: Actor,
  now: Date,
  programme: ProgrammeHoldback | null,
): Change {
  if (seen.status === 'draft' && seen.startsAt && seen.startsAt > now) {
    return {
      seen,
      patch: { status: 'scheduled' },
      decision: {
        actor,
        action: 'schedule',
        reason: `starts at ${seen.startsAt.toISOString()}`,
        evidence: {},
      },
      due: [{ kind: 'start', at: seen.startsAt }],
    };
  }
  const latest = now.getTime() + seen.plan.maximumDays * dayMilliseconds;
  const endsAt = new Date(Math.min(seen.endsAt?.getTime() ?? latest, latest));
  const weights = Object.fromEntries(seen.variants.map((variant) => [variant.key, variant.weight]));
  const coverage = seen.ramp.length > 0 ? firstCoverage(seen.ramp) : seen.coverage;
  const programmeHoldback = seen.unit === 'request' ? null : programme;
  const held = programmeHoldback && { programmeHoldback: programmeHoldback.percent };
  const evidence = { weights, coverage, endsAt, ...held };
  return {
    seen,
    patch: { status: 'running', startedAt: now, endsAt, planHash: planHash(seen), programmeHoldback },
    decision: { actor, action: 'start', reason: '', evidence },
    epoch: { cause: 'start', evidence: {}, weights, coverage, phase: 0 },
    due: [{ kind: 'start', at: null }, ...firstDueTimes(seen, endsAt, now)],
  };
}

function firstDueTimes(seen: Experiment, endsAt: Date, now: Date): DueChange[] {
  const ramp = untilNextStep(seen.ramp, firstCoverage(seen.ramp), 0);
  return [
    ...stepsWhileRunning({ ...seen, endsAt }, now).map(({ kind, dueAt }) => ({ kind, at: dueAt })),
    ...(ramp === null ? [] : [{ kind: 'ramp', at: new Date(now.getTime() + ramp) } as const]),
  ];
}

/** What must be due of every experiment that runs: its end, its guardrails, its looks and, of a bandit, its steps. */
export function stepsWhileRunning(seen: Experiment, now: Date): DueStep[] {
  const { id: experimentId, allocation, plan, endsAt } = seen;
  const step = (kind: DueStep['kind'], milliseconds: number) => ({
    experimentId,
    kind,
    dueAt: new Date(now.getTime() + milliseconds),
  });
  return [
    step('end', Math.max(0, (endsAt ?? now).getTime() - now.getTime())),
    step('guardrail', guardrailPeriod),
    step('look', lookPeriod(plan)),
    ...(allocation.mode === 'bandit' ? [step('bandit', durationMilliseconds(allocation.every))] : []),
  ];
}
