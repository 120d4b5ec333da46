import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Obstacles } from '../rollouts/obstacles.service.js';
import { breachReason } from './breach-reason.js';
import { GuardrailService } from './guardrail.service.js';

/** Keeps ramps from going on while a guardrail is breached and nobody overrode it, whatever its own action. */
@Injectable()
export class GuardedRamp implements OnModuleInit {
  constructor(
    private readonly guardrails: GuardrailService,
    private readonly obstacles: Obstacles,
  ) {}

  onModuleInit(): void {
    this.obstacles.add(async (experiment) => {
      if (experiment.guardrails.length === 0) return [];
      const verdicts = await this.guardrails.verdicts(experiment);
      const breached = verdicts.filter(
        ({ status, overriddenUntil }) => status === 'breached' && overriddenUntil === null,
      );
      if (breached.length === 0) return [];
      const reason = `a guardrail is breached: ${breachReason(breached)}`;
      return [{ code: 'GUARDRAIL', reason, evidence: { breached } }];
    });
  }
}
