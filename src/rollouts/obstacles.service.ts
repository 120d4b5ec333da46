import { Injectable } from '@nestjs/common';
import type { Experiment } from '../experiments/experiment.js';
import type { Obstacle } from './obstacle.js';

/** Somebody who knows whether anything does. */
export type ObstacleWatch = (experiment: Experiment) => Promise<readonly Obstacle[]>;

/**
 * Asks everybody who may know of an obstacle before a ramp or a rollout goes on. Whoever can answer adds itself, since
 * guardrails lie above both. An answer that fails fails the step, which stays due: nothing goes on unwatched.
 */
@Injectable()
export class Obstacles {
  private readonly watches: ObstacleWatch[] = [];

  add(watch: ObstacleWatch): void {
    this.watches.push(watch);
  }

  async find(experiment: Experiment): Promise<Obstacle[]> {
    const found: Obstacle[] = [];
    for (const watch of this.watches) found.push(...(await watch(experiment)));
    return found;
  }
}
