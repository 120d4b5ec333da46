import type { Experiment } from '../../experiments/experiment.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';

/**
 * The weights with which an experiment was served, by step of its log: those of the test's epoch in force when the step
 * begins, else of its first. Where no epoch tells, all variants alike.
 *
 * @example servedWeights(experiment, epochs, start, 3_600_000)(0); // [0.5, 0.5]
 */
export function servedWeights(
  { variants }: Experiment,
  epochs: readonly WeightEpoch[],
  start: Date,
  stepMilliseconds: number,
): (step: number) => readonly number[] {
  const test = epochs
    .filter(({ phase }) => phase === 0)
    .map(({ startedAt, weights }) => ({
      from: startedAt.getTime(),
      shares: variants.map(({ key }) => weights[key] ?? 0),
    }));
  const alike = variants.map(() => 1 / variants.length);
  return (step) => {
    const at = start.getTime() + step * stepMilliseconds;
    const inForce = test.findLast(({ from }) => from <= at) ?? test[0];
    return inForce?.shares ?? alike;
  };
}
