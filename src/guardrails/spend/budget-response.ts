import { cohortDay } from '../../bucketing/cohort.js';
import type { Decision, RecordedDecision } from '../../experiments/decision.js';
import type { Experiment } from '../../experiments/experiment.js';
import { paused } from '../guardrail-change.js';
import type { GuardrailResponse } from '../guardrail-response.js';
import type { Spend, SpentFinding } from './spend.js';

/**
 * What a spent budget leads to. A warning is recorded once for each total, and once a day for a day's budget.
 *
 * @param past decisions recorded so far
 */
export function budgetResponse(
  seen: Experiment,
  spend: Spend,
  past: readonly Decision[],
  now: Date,
): GuardrailResponse {
  const spent = spentBounds(spend, now);
  const { budget } = spend;
  if (!budget || spent.length === 0) return { kind: 'none' };
  const reasonOf = (bounds: readonly SpentBound[]) => bounds.map(({ reason }) => reason).join('; ');
  const evidence = { phase: seen.phase, spend };
  switch (budget.action) {
    case 'warn': {
      const known = new Set(past.flatMap(warnedOf));
      const fresh = spent.filter(({ name }) => !known.has(name));
      if (fresh.length === 0) return { kind: 'none' };
      const decision: Decision = {
        actor: 'guardrail',
        action: 'warn',
        reason: reasonOf(fresh),
        evidence: { ...evidence, budgetWarned: fresh.map(({ name }) => name) },
      };
      return { kind: 'change', change: { seen, patch: {}, decision } };
    }
    case 'pause':
      return { kind: 'change', change: paused({ seen, reason: reasonOf(spent), evidence, now }) };
    case 'kill':
      return {
        kind: 'kill',
        decision: { actor: 'guardrail', action: 'kill', reason: reasonOf(spent), evidence },
      };
  }
}

/** The looks that found a budget spent, oldest first. */
export function spentFindings(past: readonly RecordedDecision[]): SpentFinding[] {
  return past
    .flatMap(({ at, actor, evidence }) => {
      const spend = evidence['spend'] as Pick<Spend, 'spent' | 'today' | 'budget'> | undefined;
      if (actor !== 'guardrail' || !spend) return [];
      return [{ at, spent: spend.spent, today: spend.today, budget: spend.budget ?? {} }];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

interface SpentBound {
  /** What a warning about it is remembered by. */
  readonly name: string;
  readonly reason: string;
}

function spentBounds({ spent, today, budget }: Spend, now: Date): SpentBound[] {
  const { total = Infinity, perDay = Infinity } = budget ?? {};
  const day = cohortDay(now);
  return [
    ...(spent >= total
      ? [{ name: `total ${total}`, reason: `the budget of ${dollars(total)} is spent: ${dollars(spent)}` }]
      : []),
    ...(today >= perDay
      ? [
          {
            name: `${day} ${perDay}`,
            reason: `the budget of ${dollars(perDay)} a day is spent: ${dollars(today)} on ${day}`,
          },
        ]
      : []),
  ];
}

function warnedOf({ evidence }: Decision): string[] {
  return Array.isArray(evidence['budgetWarned']) ? (evidence['budgetWarned'] as string[]) : [];
}

function dollars(amount: number): string {
  return `$${Number(amount.toPrecision(6))}`;
}
