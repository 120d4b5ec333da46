import { confidenceSequence } from '../../../src/statistics/confidence-sequence.js';
import type { Comparison } from '../../../src/statistics/difference.js';
import { normalUpperTail } from '../../../src/statistics/distributions.js';
import { groupSequentialBounds } from '../../../src/statistics/group-sequential.js';
import { share, type Reading } from './figure.js';
import { naiveThreshold } from './naive.js';

export const alpha = 0.05;
/** Looks until the planned end, one a day. */
export const looks = 14;
export const informationFractions = Array.from({ length: looks }, (_, look) => (look + 1) / looks);

export const { criticalValues } = groupSequentialBounds({
  informationFractions,
  alpha,
  sides: 2,
  spending: { kind: 'obrien-fleming' },
});
/** The two-sided p-value from which a look stops: a t statistic is held against a bound by its p-value. */
const significanceLevels = criticalValues.map((bound) => 2 * normalUpperTail(bound));

export type Rule = 'naive' | 'fixed' | 'groupSequential' | 'sequence';

/** Counts the experiments in which a rule has called a difference at any look so far. */
export class RepeatedLooks {
  private readonly called: Record<Rule, number> = { naive: 0, fixed: 0, groupSequential: 0, sequence: 0 };
  private now = new Set<Rule>();
  private experiments = 0;

  begin(): void {
    this.experiments += 1;
    this.now = new Set();
  }

  /** Holds the comparison at this look (from 0) against every rule, and the naive score against 1.96. */
  take(look: number, comparison: Comparison, naiveScore = 0): void {
    if (Math.abs(naiveScore) > naiveThreshold) this.call('naive');
    if (comparison.status !== 'ok') return;
    const { difference, standardError, pValue } = comparison;
    const informationFraction = informationFractions[look] ?? 1;
    const sequence = confidenceSequence({ estimate: difference, standardError, informationFraction }, alpha);
    if (pValue < alpha) this.call('fixed');
    if (pValue <= (significanceLevels[look] ?? 0)) this.call('groupSequential');
    if (sequence.status === 'ok' && (sequence.interval[0] > 0 || sequence.interval[1] < 0))
      this.call('sequence');
  }

  reading(rule: Rule, name: string, bounds: Pick<Reading, 'atLeast' | 'atMost'> = {}): Reading {
    return { name, figure: share(this.called[rule], this.experiments), ...bounds };
  }

  private call(rule: Rule): void {
    if (this.now.has(rule)) return;
    this.now.add(rule);
    this.called[rule] += 1;
  }
}
