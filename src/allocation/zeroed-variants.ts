import type { WeightEpoch } from '../experiments/weight-epoch.js';

/**
 * Variants that a guardrail took all weight from and nobody has given any since: the bandit leaves them so, whatever their
 * reward, until a person allocates anew.
 *
 * @param epochs oldest first
 * @param allocatedAt when a person last set the allocation; null = never
 * @example zeroedVariants(['control', 'treatment'], epochs, null); // ['treatment']
 */
export function zeroedVariants(
  variants: readonly string[],
  epochs: readonly Pick<WeightEpoch, 'weights' | 'cause' | 'startedAt'>[],
  allocatedAt: Date | null,
): string[] {
  return variants.filter((key) => {
    const lastServed = epochs.findLastIndex(({ weights }) => (weights[key] ?? 0) > 0);
    const taken = epochs[lastServed + 1];
    if (taken?.cause !== 'guardrail') return false;
    return allocatedAt === null || allocatedAt < taken.startedAt;
  });
}
