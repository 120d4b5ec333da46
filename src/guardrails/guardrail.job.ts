import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../experiments/experiment.js';
import { dueAfter } from '../lifecycle/due-after.js';
import { DueStepService, type StepDecision } from '../lifecycle/due-step.service.js';
import type { DueStep } from '../lifecycle/due-step.js';
import { guardrailPeriod } from '../lifecycle/start.js';
import { HarmLookService } from './harm-look.service.js';

/** Holds every running experiment and rollout against its guardrails and its budget, every ten seconds. */
@Injectable()
export class GuardrailJob {
  constructor(
    private readonly dueSteps: DueStepService,
    private readonly looks: HarmLookService,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('guardrail', (experiment, step, now) => this.decide(experiment, step, now));
  }

  async decide(experiment: Experiment, step: DueStep, now: Date): Promise<StepDecision> {
    const next = dueAfter(step.dueAt, guardrailPeriod, now);
    if (experiment.status === 'paused') return { postpone: next };
    if (experiment.status !== 'running' && experiment.status !== 'rolling-out') return null;
    const { response, write } = await this.looks.look(experiment, now);
    const written = write ? { write } : {};
    switch (response.kind) {
      case 'none':
        return { postpone: next, ...written };
      case 'kill':
        return { postpone: next, kill: response.decision, ...written };
      case 'change': {
        const due = [...(response.change.due ?? []), { kind: 'guardrail', at: next } as const];
        return { ...response.change, due, ...written };
      }
    }
  }
}
