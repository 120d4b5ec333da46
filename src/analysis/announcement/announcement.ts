import type { Decision } from '../../experiments/decision.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { Look } from '../looks/look.js';
import type { Report } from '../report.js';
import type { PastDecision } from '../registration.js';
import { waitingCost, type WaitingCost } from './waiting-cost.js';

/** Everything that an experiment is announced with. */
export interface Announcement {
  readonly experiment: Experiment;
  readonly report: Report;
  /** What was decided; null while nothing is, which makes it a draft. */
  readonly decision: Decision | null;
  /** The variant that everybody is to get, or would by the recommendation; null where there is none. */
  readonly winner: string | null;
  readonly waiting: readonly WaitingCost[];
  /** What guardrails did, newest first. */
  readonly guarded: readonly PastDecision[];
}

/**
 * An announcement of what is known now.
 *
 * @param looks recorded looks, oldest first
 * @param past decisions recorded so far
 */
export function announcementOf(
  experiment: Experiment,
  report: Report,
  decision: Decision | null,
  looks: readonly Look[],
  past: readonly (PastDecision & Pick<Decision, 'actor'>)[],
): Announcement {
  const winner = decision ? decidedOn(decision) : report.recommendation.variant;
  const primary = report.metrics.filter(({ role }) => role === 'primary');
  return {
    experiment,
    report,
    decision,
    winner,
    waiting:
      winner === null || winner === experiment.control
        ? []
        : primary.flatMap((metric) => waitingCost(winner, metric, looks, report) ?? []),
    guarded: past.filter(({ actor }) => actor === 'guardrail'),
  };
}

/** Decisions by which an experiment is announced: the start of a rollout, and an end without one. */
export function isAnnounced({ status }: Experiment, { action }: Decision): boolean {
  // What a rollout ends in was announced when it began.
  return status !== 'rolling-out' && ['roll out', 'ship', 'conclude'].includes(action);
}

function decidedOn({ evidence }: Decision): string | null {
  const variant = evidence['winner'] ?? evidence['decidedVariant'];
  return typeof variant === 'string' ? variant : null;
}
