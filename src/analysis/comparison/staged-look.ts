import type { DecisionPlan } from '../../experiments/experiment.js';
import type { Difference } from '../../statistics/difference.js';
import { normalQuantile, normalUpperTail, studentUpperQuantile } from '../../statistics/distributions.js';
import type { Estimate } from '../../statistics/estimate.js';
import { groupSequentialBounds, repeatedInterval } from '../../statistics/group-sequential.js';
import { repeatedPValue } from '../../statistics/repeated-p-value.js';
import type { Spending } from '../../statistics/spending.js';
import { figure } from '../figure.js';
import { leastUnits } from './sequential-look.js';
import type { ComparisonMemory, Stage } from './sequential-memory.js';

/** Little is spent early, so the last look is nearly as sharp as a single one. */
const spending: Spending = { kind: 'obrien-fleming' };

/** Two looks with less new information between them are one look. */
const smallestStep = 1e-5;

/** Beyond this many standard errors the normal tail is below the smallest double. */
const largestStatistic = 37;

/**
 * One more planned look of a group sequential test. Once the planned number of units is reached the test is over: all of
 * alpha is spent, and later looks change nothing.
 *
 * Information is (harmonic mean of the two numbers of units) / planned units; the t statistic is taken to the normal
 * scale by its p-value.
 * Source: Jennison, Turnbull 2000, Group Sequential Methods, sections 3.8 (significance levels), 7.2 (spending), 9.
 *
 * @example stagedLook(compared, control, treatment, plan, emptyMemory, at).memory.staged?.pValue; // 0.004
 */
export function stagedLook(
  compared: Difference,
  control: Estimate,
  treatment: Estimate,
  { alpha, unitsPerVariant }: DecisionPlan,
  memory: ComparisonMemory,
  at: string,
): { readonly memory: ComparisonMemory; readonly reason: string | null } {
  const fewest = Math.min(control.units, treatment.units);
  if (fewest < leastUnits)
    return {
      memory,
      reason: `A look needs ${leastUnits} units in each variant; the smaller has ${figure(fewest)}.`,
    };
  const units = 2 / (1 / control.units + 1 / treatment.units);
  const fraction = units / (unitsPerVariant ?? units);
  const last = memory.stages.at(-1)?.fraction ?? 0;
  if (last >= 1 || fraction - last < smallestStep) return { memory, reason: null };
  const statistic = Math.min(largestStatistic, -normalQuantile(compared.pValue / 2));
  const stages: Stage[] = [...memory.stages, { fraction, statistic }];
  const informationFractions = stages.map((stage) => stage.fraction);
  const before = memory.staged?.pValue ?? 1;
  const pValue = repeatedPValue({ informationFractions, statistic, before, sides: 2, spending });
  const bounds = groupSequentialBounds({ informationFractions, alpha, sides: 2, spending });
  const bound = bounds.criticalValues.at(-1) ?? Infinity;
  const critical = studentUpperQuantile(normalUpperTail(bound), compared.degreesOfFreedom);
  const interval = repeatedInterval(compared.difference, compared.standardError, critical);
  return { memory: { ...memory, stages, staged: { interval, pValue, at } }, reason: null };
}
