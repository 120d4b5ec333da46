import { comparedInLeaves } from '../experiments/bandit-faults.js';
import { forcedFaults } from '../experiments/admission-faults.js';
import type { Experiment } from '../experiments/experiment.js';
import { severityOf, type Guardrail } from '../experiments/guardrail.js';
import { rampFaults } from '../experiments/ramp-faults.js';
import type { RampStep } from '../experiments/schedule.js';
import type { Fault } from '../operations/assay-error.js';

/** Fields of a started experiment that may still change. */
export const editableFields = [
  'name',
  'description',
  'endsAt',
  'coverage',
  'ramp',
  'guardrails',
  'budget',
  'admission',
  'forced',
  'failClosedAfter',
  'generationLog',
  'reason',
] as const;

/**
 * Why an edit of a started experiment is refused, field by field; empty when it may go ahead.
 *
 * @param hadLeaves whether leaves have been served, whatever its allocation is now
 */
export function startedEditFaults(
  seen: Experiment,
  edit: {
    coverage?: number;
    endsAt?: Date | null;
    ramp?: readonly RampStep[];
    guardrails?: readonly Guardrail[];
    forced?: Experiment['forced'];
    reason?: string;
  },
  now: Date,
  hadLeaves = false,
): Fault[] {
  const variants = seen.variants.map(({ key }) => key);
  const faults: Fault[] = [...rampFaults(edit.ramp ?? [], 100), ...forcedFaults(edit.forced ?? {}, variants)];
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
  for (const message of comparedInLeaves(seen.allocation, edit.guardrails ?? [], hadLeaves))
    faults.push({ pointer: '/guardrails', message });
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
  const noHigher = (bound: number | undefined, before: number | undefined) =>
    before === undefined || (bound !== undefined && bound <= before);
  return (
    candidate.metric === present.metric &&
    candidate.quantile === present.quantile &&
    (candidate.relative ?? false) === (present.relative ?? false) &&
    severityOf(candidate.action) >= severityOf(present.action) &&
    noHigher(candidate.above, present.above) &&
    noHigher(candidate.worseThanControlBy, present.worseThanControlBy) &&
    (present.below === undefined || (candidate.below !== undefined && candidate.below >= present.below))
  );
}
