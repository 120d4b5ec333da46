import type { EpochLine } from './simulation-result.js';

/** A weight epoch as the server tells of it. */
export interface ReportedEpoch {
  readonly number: number;
  readonly cause: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * The weight epochs, oldest first, each with its cause and where the new users went.
 *
 * @param better the variant with the higher true mean; null where there is none
 * @example epochHistory(epochs, (number) => traffic.newUsersOf(number), 'treatment')[1]?.betterShare // 0.97
 */
export function epochHistory(
  epochs: readonly ReportedEpoch[],
  newUsersOf: (epoch: number) => Readonly<Record<string, number>>,
  better: string | null,
): EpochLine[] {
  return [...epochs]
    .sort((a, b) => a.number - b.number)
    .map(({ number, cause, weights, evidence }) => {
      const newUsers = newUsersOf(number);
      const total = Object.values(newUsers).reduce((sum, users) => sum + users, 0);
      return {
        number,
        cause,
        reason: typeof evidence['reason'] === 'string' ? evidence['reason'] : '',
        weights,
        newUsers,
        betterShare: better === null || total === 0 ? null : (newUsers[better] ?? 0) / total,
        evidence,
      };
    });
}
