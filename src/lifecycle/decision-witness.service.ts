import { Injectable, Logger } from '@nestjs/common';
import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';

/** Somebody who wants to see an experiment as it is when a decision about it is about to be written. */
export type Witness = (experiment: Experiment, decision: Decision) => Promise<unknown>;

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

  async call(experiment: Experiment, decision: Decision): Promise<void> {
    for (const witness of this.witnesses) {
      try {
        await witness(experiment, decision);
      } catch (error) {
        this.logger.warn(
          `"${decision.action}" on ${experiment.key} goes on without a look being recorded`,
          error,
        );
      }
    }
  }
}
