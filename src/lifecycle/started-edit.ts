import type { Experiment } from '../experiments/experiment.js';
import type { Guardrail } from '../experiments/guardrail.js';
import type { Fault } from '../operations/assay-error.js';

/** Fields of a started experiment that may still change. */
export const editableFields = [
  'name',
  'description',
  'endsAt',
  'coverage',
  'ramp',
  'guardrails',
  'admission',
  'reason',
] as const;

/** Why an edit of a started experiment is refused, field by field; empty when it may go ahead. */
export function startedEditFaults(
  seen: Experiment,
  edit: { coverage?: number; endsAt?: Date | null; guardrails?: readonly Guardrail[]; reason?: string },
  now: Date,
): Fault[] {
  const faults: Fault[] = [];
  if (edit.coverage !== undefined && edit.coverage < seen.coverage) {
    faults.push({
      pointer: '/coverage',
      message: `coverage only rises after the start; it is ${seen.coverage}, ${edit.coverage} was asked for`,
    });
  }
  if (edit.endsAt === null)
    faults.push({ pointer: '/endsAt', message: 'a started experiment always has an end' });
  if (edit.endsAt && edit.endsAt <= now) {
    faults.push({
      pointer: '/endsAt',
      message: `${edit.endsAt.toISOString()} has passed; conclude the experiment instead`,
    });
  }
  if (edit.guardrails && loosened(seen.guardrails, edit.guardrails).length > 0 && !edit.reason) {
    faults.push({
      pointer: '/reason',
      message: `loosening the guardrails on ${loosened(seen.guardrails, edit.guardrails).join(', ')} needs a reason`,
    });
  }
  return faults;
}

/** The metrics whose protection the new guardrails weaken. */
export function loosened(before: readonly Guardrail[], after: readonly Guardrail[]): string[] {
  return before
    .filter((guardrail) => !after.some((candidate) => atLeastAsTight(candidate, guardrail)))
    .map(({ metric }) => metric);
}

function atLeastAsTight(candidate: Guardrail, present: Guardrail): boolean {
  const severity = { warn: 0, pause: 1, kill: 2 };
  return (
    candidate.metric === present.metric &&
    candidate.quantile === present.quantile &&
    severity[candidate.action] >= severity[present.action] &&
    (present.above === undefined || (candidate.above !== undefined && candidate.above <= present.above)) &&
    (present.below === undefined || (candidate.below !== undefined && candidate.below >= present.below))
  );
}
