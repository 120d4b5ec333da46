import type { WeightEpoch } from '../experiments/weight-epoch.js';

/** What moving the weights costs in precision. */
export interface PrecisionLoss {
  /** The variant whose comparison with control suffers most. */
  readonly variant: string;
  /** Width of its interval over what the first weights would have given: 1.25 is a quarter wider; ∞ without any units. */
  readonly widthRatio: number;
  /** Share of the units that would have told as much under the first weights. */
  readonly unitsShare: number;
}

/**
 * How much wider the intervals of the test are expected to be than under the weights it began with.
 *
 * Per epoch e a unit adds variance v_e = 1 / w_control + 1 / w_treatment, and an estimate that weighs epochs by v_e^(−1/2) has the
 * variance N / (Σ N_e v_e^(−1/2))²; under the first weights it is v_1 / N. Their ratio's root is the answer. Rests on weights and
 * units alone, never on outcomes. Source: Hadad, Hirshberg, Zhan, Wager, Athey 2021, PNAS 118:15 (the weights √w).
 *
 * @param unitsOf units exposed in the epoch of that number
 * @example precisionLoss('a', epochs, () => 100)?.widthRatio; // 1.25: first half and half, then nine to one
 */
export function precisionLoss(
  control: string,
  epochs: readonly Pick<WeightEpoch, 'number' | 'weights'>[],
  unitsOf: (epoch: number) => number,
): PrecisionLoss | null {
  const [first] = epochs;
  const total = epochs.reduce((sum, { number }) => sum + unitsOf(number), 0);
  if (!first || total === 0) return null;
  const losses = Object.keys(first.weights).flatMap((variant) => {
    const planned = precisionOf(first.weights, control, variant);
    if (variant === control || planned === 0) return [];
    const reached = epochs.reduce(
      (sum, { number, weights }) => sum + unitsOf(number) * precisionOf(weights, control, variant),
      0,
    );
    const share = reached / total / planned;
    return [{ variant, widthRatio: 1 / share, unitsShare: share ** 2 }];
  });
  return losses.reduce<PrecisionLoss | null>(
    (worst, loss) => (worst && worst.widthRatio >= loss.widthRatio ? worst : loss),
    null,
  );
}

/** (1 / w_control + 1 / w_treatment)^(−1/2); 0 where one of them gets nobody. */
function precisionOf(weights: WeightEpoch['weights'], control: string, variant: string): number {
  const [own, other] = [weights[control] ?? 0, weights[variant] ?? 0];
  return own > 0 && other > 0 ? 1 / Math.sqrt(1 / own + 1 / other) : 0;
}
