import type { DecisionPlan } from '../../experiments/experiment.js';
import type { Difference } from '../../statistics/difference.js';
import type { Estimate } from '../../statistics/estimate.js';
import { noLooks, takeLook } from '../../statistics/running-sequence.js';
import { finiteInterval } from '../finite.js';
import type { BinaryCell } from '../measurement/metric-data.js';
import { randomisationLook } from './randomisation-look.js';
import { plannedUnits } from './sample-size.js';
import { sequentialLook } from './sequential-look.js';
import type { ComparisonMemory } from './sequential-memory.js';
import type { SequentialMethod } from './sequential-memory.js';
import { stagedLook } from './staged-look.js';

/** Successes and failures of each variant below which a share is not near enough to normal. */
const leastAnswers = 5;

/** A comparison that stays valid under repeated looks. */
export interface SequentialComparison {
  readonly method: SequentialMethod;
  /** Holds at all looks together with probability 1 − alpha; null where the method gives none. */
  readonly interval: [number, number] | null;
  /** Valid however often one looks; never rises from look to look. */
  readonly pValue: number;
  /** Corrected for the number of comparisons in the metric's role. */
  readonly adjustedPValue: number;
}

/** A look that is being recorded; an unplanned one (before a decision) moves no group sequential test. */
export interface RecordedLook {
  /** RFC 3339 instant. */
  readonly at: string;
  readonly planned: boolean;
}

/** One comparison, and what the looks before have shown of it. */
export interface SequentialQuestion {
  readonly method: SequentialMethod;
  readonly compared: Difference;
  readonly control: Estimate;
  readonly treatment: Estimate;
  readonly plan: DecisionPlan;
  /** Of control and treatment, for the method `randomisation`. */
  readonly cells: readonly BinaryCell[];
  readonly memory: ComparisonMemory;
  /** Null for a reader, who changes nothing. */
  readonly look: RecordedLook | null;
}

export interface SequentialAnswer {
  readonly value: SequentialComparison | null;
  /** Why there is no value. */
  readonly reason: string | null;
  /** What is remembered once this look is recorded; unchanged for a reader. */
  readonly memory: ComparisonMemory;
}

/**
 * The comparison under repeated looks, by its method.
 *
 * @example sequentialComparison(question).value?.interval; // [0.15, 0.27]
 */
export function sequentialComparison(question: SequentialQuestion): SequentialAnswer {
  const { value, reason, memory } = answerOf(question);
  const recorded = question.look !== null && value !== null && question.method !== 'group-sequential';
  return {
    value,
    reason,
    memory: recorded ? { ...memory, method: memory.method ?? question.method } : memory,
  };
}

function answerOf(question: SequentialQuestion): SequentialAnswer {
  switch (question.method) {
    case 'group-sequential':
      return staged(question);
    case 'randomisation':
      return randomised(question);
    case 'confidence-sequence':
      return running(question);
  }
}

function running({
  compared,
  control,
  treatment,
  plan,
  cells,
  memory,
  look,
  method,
}: SequentialQuestion): SequentialAnswer {
  const few = fewAnswers(cells);
  if (few !== null && !memory.sequence) return missing(memory, few);
  const current = sequentialLook(compared, control, treatment, plannedUnits(plan), plan.alpha);
  if (current.status !== 'ok')
    return missing(memory, `Nothing holds under repeated looks yet: ${current.reason}`);
  const sequence = takeLook(memory.sequence ?? noLooks, current);
  const interval = finiteInterval(sequence.intersection);
  if (!interval) return missing(memory, 'The interval under repeated looks has no bounds.');
  const { pValue } = sequence;
  const value = { method, interval, pValue, adjustedPValue: pValue };
  return { value, reason: null, memory: look ? { ...memory, sequence } : memory };
}

/** Why the answers of a proportion are too few for a normal approximation, or null. */
function fewAnswers(cells: readonly BinaryCell[]): string | null {
  if (cells.length === 0) return null;
  const total = (of: (cell: BinaryCell) => readonly number[], place: number) =>
    cells.reduce((sum, cell) => sum + (of(cell)[place] ?? 0), 0);
  const least = [0, 1].map((place) => {
    const successes = total((cell) => cell.successes, place);
    return Math.min(successes, total((cell) => cell.units, place) - successes);
  });
  if (Math.min(...least) >= leastAnswers) return null;
  return `Nothing holds under repeated looks yet: each variant needs ${leastAnswers} successes and ${leastAnswers} failures.`;
}

function staged({ compared, control, treatment, plan, memory, look, method }: SequentialQuestion) {
  const after = look?.planned
    ? stagedLook(compared, control, treatment, plan, memory, look.at)
    : { memory, reason: null };
  const result = after.memory.staged;
  if (!result) {
    const reason = after.reason ?? 'Decisions rest on planned looks, and none has been recorded yet.';
    return missing(after.memory, reason);
  }
  const { pValue } = result;
  const value = { method, interval: finiteInterval(result.interval), pValue, adjustedPValue: pValue };
  return { value, reason: null, memory: after.memory };
}

/** The p-value is exact; the interval beside it is that of a confidence sequence, once there is one. */
function randomised(question: SequentialQuestion): SequentialAnswer {
  const { cells, method } = question;
  const pValue = randomisationLook(cells);
  const { value, memory } = running(question);
  return {
    value: { method, interval: value?.interval ?? null, pValue, adjustedPValue: pValue },
    reason: null,
    memory,
  };
}

function missing(memory: ComparisonMemory, reason: string): SequentialAnswer {
  return { value: null, reason, memory };
}
