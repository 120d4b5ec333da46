import type { Experiment } from '../../experiments/experiment.js';
import { latestOfEach } from '../../experiments/leaves.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import { counted } from '../figure.js';
import { weightPeriods } from '../measurement/weight-periods.js';
import type { Warning } from '../warning.js';

/**
 * A warning where units came under different weights, at different times or in different leaves.
 *
 * @param test epochs of the test, those of leaves too
 * @example changedWeights(test, experiment)[0]?.code; // 'WEIGHTS_CHANGED'
 */
export function changedWeights(
  test: readonly WeightEpoch[],
  { metrics }: Pick<Experiment, 'metrics'>,
): Warning[] {
  const periods = weightPeriods(test).length;
  if (periods < 2) return [];
  const chains = latestOfEach(test).length;
  const changed =
    chains > 1
      ? `The weights changed while units came, and differed between ${chains} groups of units (the leaves of a bandit).`
      : `The weights changed ${counted(periods - 1, 'time')} while units came.`;
  const message =
    `${changed} Comparisons count each unit by its probability of having met its variant, so they are not the plain ` +
    `differences of the means shown.${metrics.covariate ? ' The covariate is left aside.' : ''}`;
  return [{ code: 'WEIGHTS_CHANGED', message }];
}
