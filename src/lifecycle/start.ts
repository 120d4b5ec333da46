import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { planHash } from '../experiments/plan-hash.js';
import { dayMilliseconds, durationMilliseconds } from '../operations/duration.js';
import type { Change } from './change.js';
import type { DueChange } from './due-step.js';
import { lookPeriod } from './look-period.js';
import { coverageAfter, nextRampStep } from './ramp.js';

/** Milliseconds between two looks at an experiment's guardrails. */
export const guardrailPeriod = 10_000;

/** What starting an experiment changes: its first weight epoch and all its due times; or only the due start, if it lies ahead. */
export function startChange(seen: Experiment, actor: Actor, now: Date): Change {
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
  const endsAt = seen.endsAt ?? new Date(now.getTime() + seen.plan.maximumDays * dayMilliseconds);
  const weights = Object.fromEntries(seen.variants.map((variant) => [variant.key, variant.weight]));
  const coverage = seen.ramp.length > 0 ? coverageAfter(seen.ramp, 0) : seen.coverage;
  return {
    seen,
    patch: { status: 'running', startedAt: now, endsAt, planHash: planHash(seen) },
    decision: { actor, action: 'start', reason: '', evidence: { weights, coverage, endsAt } },
    epoch: { cause: 'start', evidence: {}, weights, coverage, phase: 0 },
    due: [{ kind: 'start', at: null }, ...firstDueTimes(seen, endsAt, now)],
  };
}

function firstDueTimes(seen: Experiment, endsAt: Date, now: Date): DueChange[] {
  const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const ramp = nextRampStep(seen.ramp, 0);
  return [
    { kind: 'end', at: endsAt },
    { kind: 'guardrail', at: later(guardrailPeriod) },
    { kind: 'look', at: later(lookPeriod(seen.plan)) },
    ...(ramp ? [{ kind: 'ramp', at: later(durationMilliseconds(ramp.after)) } as const] : []),
    ...(seen.allocation.mode === 'bandit'
      ? [{ kind: 'bandit', at: later(durationMilliseconds(seen.allocation.every)) } as const]
      : []),
  ];
}
