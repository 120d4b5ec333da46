import {
  adaptiveDifference,
  adaptiveMean,
  type AdaptiveEpoch,
} from '../../../src/statistics/adaptive-estimate.js';
import { predictionPoweredMean, type JudgedItems } from '../../../src/statistics/prediction-powered.js';
import type { Answers } from './kind.js';

interface Epochs {
  readonly epochs: readonly {
    readonly propensities: readonly number[];
    readonly users: readonly number[];
    readonly sum: readonly number[];
    readonly sum_squares: readonly number[];
  }[];
}

function byEpoch(inputs: Epochs): object {
  const epochs: AdaptiveEpoch[] = inputs.epochs.map((epoch) => ({
    propensities: epoch.propensities,
    variants: epoch.users.map((units, variant) => {
      const sum = epoch.sum[variant] ?? 0;
      return { units, sum, squares: (epoch.sum_squares[variant] ?? 0) - (units > 0 ? sum ** 2 / units : 0) };
    }),
  }));
  const variants = [...(epochs[0]?.propensities.keys() ?? [])];
  const difference = adaptiveDifference(epochs, 0, 1);
  return {
    arms: variants.map((variant) => {
      const adaptive = adaptiveMean(epochs, variant);
      const uniform = adaptiveMean(epochs, variant, { weighting: 'uniform' });
      if (adaptive.status !== 'ok' || uniform.status !== 'ok') return {};
      return {
        estimate: adaptive.value,
        se: adaptive.standardError,
        uniform_estimate: uniform.value,
        uniform_se: uniform.standardError,
      };
    }),
    difference_1_minus_0:
      difference.status === 'ok' ? { estimate: difference.value, se: difference.standardError } : null,
  };
}

interface Labels {
  readonly human: readonly number[];
  readonly judge_on_same: readonly number[];
  readonly judge_unlabelled: readonly number[];
  readonly alpha: number;
}

function judged({ human, judge_on_same, judge_unlabelled, alpha }: Labels): object {
  const items: JudgedItems = { human, judgeOnSame: judge_on_same, judgeElsewhere: judge_unlabelled };
  const best = predictionPoweredMean(items, alpha);
  const answerAt = (reliance: number): object => {
    const result = predictionPoweredMean(items, alpha, reliance);
    return result.status === 'ok' ? { estimate: result.value, ci: result.interval } : result;
  };
  if (best.status !== 'ok') return best;
  return {
    classical: answerAt(0),
    ppi: answerAt(1),
    ppi_plus_plus: { estimate: best.value, ci: best.interval },
    lambda_formula: best.reliance,
  };
}

export const adaptiveKinds: Answers = { aipw_epochs: byEpoch, ppi_mean: judged };
