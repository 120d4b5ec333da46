import type { EpochView, ExperimentView, RampStateView } from '../../api/contract.js';
import { durationOf } from '../../format/duration.js';
import { countOf, shareOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { spanWords } from './span-words.js';

/** A step of a plan that raises traffic: what, when, and whether it has been taken. */
export interface PlanStep {
  readonly title: string;
  readonly note: string;
  readonly state: 'done' | 'now' | 'later';
}

/** Where a ramp stands, in a sentence. */
export function rampSummary({
  state,
  coverage,
  next,
  dueAt,
  remainingMilliseconds,
  waitsFor,
}: RampStateView): string {
  const share = shareOf(coverage / 100);
  switch (state) {
    case 'none':
      return `There is no ramp: coverage is ${share} until a person raises it.`;
    case 'not-started':
      return 'The ramp begins with the experiment.';
    case 'aborted':
      return `The ramp was ended at ${share}. Later steps are not taken.`;
    case 'over':
      return `The ramp is over, at ${share}.`;
    case 'held':
      return `A person holds the ramp at ${share}${left(remainingMilliseconds)}.`;
    case 'paused':
      return `The ramp stands at ${share} while the experiment does${left(remainingMilliseconds)}.`;
    case 'running': {
      const to = next ? shareOf(next.coverage / 100) : 'its next step';
      const conditions = waitsFor.map((wait) => waitWords(wait, dueAt));
      return conditions.length === 0
        ? `At ${share}; ${to} comes any moment.`
        : `At ${share}. For ${to} it waits ${conditions.join(', and ')}.`;
    }
  }
}

function left(milliseconds: number | null): string {
  return milliseconds === null ? '' : `, with ${spanWords(milliseconds)} left to its next step`;
}

function waitWords(wait: RampStateView['waitsFor'][number], dueAt: string | null): string {
  switch (wait.condition) {
    case 'time':
      return dueAt ? `until ${instantOf(dueAt)}` : 'for its time';
    case 'units':
      return `for units: ${countOf(wait.units)} of ${countOf(wait.needed)}`;
    case 'approval':
      return "for a person's approval";
    case 'obstacle':
      return `because ${wait.reason}`;
  }
}

/**
 * The steps of a ramp with what each asked for; those taken say when.
 *
 * @param epochs oldest first
 */
export function rampSteps(
  { ramp, coverage, startedAt }: Pick<ExperimentView, 'ramp' | 'coverage' | 'startedAt'>,
  epochs: readonly Pick<EpochView, 'coverage' | 'startedAt'>[],
): PlanStep[] {
  const reached = startedAt === null ? 0 : coverage;
  const next = ramp.findIndex((step) => step.coverage > reached);
  return ramp.map((step, place) => {
    const taken = step.coverage <= reached;
    const at = taken ? epochs.find((epoch) => epoch.coverage >= step.coverage)?.startedAt : undefined;
    return {
      title: shareOf(step.coverage / 100),
      note: at ? `since ${instantOf(at)}` : conditionsOf(step),
      state: taken ? 'done' : place === next && startedAt !== null ? 'now' : 'later',
    };
  });
}

function conditionsOf({ after, units, approval }: ExperimentView['ramp'][number]): string {
  const conditions = [
    /^P(T?0[DHMSW])$/.test(after) ? 'at the start' : `${durationOf(after)} after the start`,
    ...(units === undefined ? [] : [`from ${countOf(units)} units on`]),
    ...(approval === true ? ['once a person approves'] : []),
  ];
  return conditions.join(', ');
}
