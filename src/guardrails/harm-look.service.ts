import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Experiment } from '../experiments/experiment.js';
import { severest } from './guardrail-response.js';
import { GuardrailService, type GuardrailLook } from './guardrail.service.js';
import { SpendService } from './spend/spend.service.js';

type Write = (manager: EntityManager) => Promise<unknown>;

/** One look at everything that could do harm: the guardrails, and what is spent. */
@Injectable()
export class HarmLookService {
  constructor(
    private readonly guardrails: GuardrailService,
    private readonly spending: SpendService,
  ) {}

  async look(experiment: Experiment, now: Date): Promise<GuardrailLook> {
    const looks = [await this.guardrails.look(experiment, now), await this.spending.look(experiment, now)];
    const response = severest(looks.map((look) => look.response));
    const writes = looks.flatMap(({ write }) => write ?? []);
    return writes.length === 0 ? { response } : { response, write: inTurn(writes) };
  }
}

/** One after the other: a transaction has one connection. */
function inTurn(writes: readonly Write[]): Write {
  return async (manager) => {
    for (const write of writes) await write(manager);
  };
}
