import type { Experiment } from '../experiments/experiment.js';
import type { RolloutStage, RolloutState } from '../experiments/schedule.js';
import type { Fault } from '../operations/assay-error.js';
import { durationMilliseconds } from '../operations/duration.js';

/** A winner's rollout as asked for. */
export type RolloutRequest = Pick<RolloutState, 'winner' | 'remainder' | 'stages'>;

/** Why a rollout cannot be, field by field; empty when it can. */
export function rolloutFaults({ variants, control }: Experiment, request: RolloutRequest): Fault[] {
  const keys = variants.map(({ key }) => key);
  const { winner, remainder, stages } = request;
  const faults: Fault[] = stages.flatMap((stage, index) => stageFaults(stages, stage, index));
  if (!keys.includes(winner)) {
    faults.push({
      pointer: '/winner',
      message: `"${winner}" is not a variant; the variants are ${keys.join(', ')}`,
    });
  }
  if (winner === control && remainder === 'control') {
    faults.push({
      pointer: '/remainder',
      message: 'control is the winner; leave the remainder to the others',
    });
  }
  return faults;
}

function stageFaults(stages: readonly RolloutStage[], stage: RolloutStage, index: number): Fault[] {
  const faults: Fault[] = [];
  const before = stages[index - 1];
  const last = index === stages.length - 1;
  if (before && stage.percent <= before.percent) {
    faults.push({
      pointer: `/stages/${index}/percent`,
      message: `${stage.percent} is not above ${before.percent}; each stage gives the winner more`,
    });
  }
  if (last && stage.percent !== 100) {
    faults.push({
      pointer: `/stages/${index}/percent`,
      message: `${stage.percent} is the last; a rollout ends at 100`,
    });
  }
  if (last && stage.hold !== undefined && durationMilliseconds(stage.hold) > 0) {
    faults.push({
      pointer: `/stages/${index}/hold`,
      message: 'nothing follows the last stage; leave out its hold',
    });
  }
  if (!last && stage.hold === undefined) {
    faults.push({
      pointer: `/stages/${index}/hold`,
      message: 'say how long the stage is held, such as "PT24H"',
    });
  }
  return faults;
}
