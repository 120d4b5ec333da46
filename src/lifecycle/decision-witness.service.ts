import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';

/** What a witness writes in the transaction of the decision: both or neither. */
export type WitnessedWrite = (manager: EntityManager) => Promise<unknown>;

/** Somebody who wants to see an experiment as it is when a decision about it is about to be written. */
export type Witness = (experiment: Experiment, decision: Decision) => Promise<WitnessedWrite | undefined>;

/**
 * Calls witnesses before a decision is written. They can neither refuse nor fail it: what they meet is logged. A kill has
 * no witness, since it waits for nobody.
 */
@Injectable()
export class DecisionWitnesses {
  private readonly logger = new Logger('Decisions');
  private readonly witnesses: Witness[] = [];

  add(witness: Witness): void {
    this.witnesses.push(witness);
  }

  /** Returns what the witnesses want to be written together with the decision. */
  async call(experiment: Experiment, decision: Decision): Promise<WitnessedWrite[]> {
    const writes: WitnessedWrite[] = [];
    for (const witness of this.witnesses) {
      try {
        const write = await witness(experiment, decision);
        if (write) writes.push(write);
      } catch (error) {
        this.logger.warn(
          `"${decision.action}" on ${experiment.key} goes on without what one of its witnesses saw`,
          error,
        );
      }
    }
    return writes;
  }
}
