import { Injectable, Logger } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { AssayError } from '../operations/assay-error.js';
import { assayEvents, type DecisionEvent } from '../operations/events/assay-events.js';
import { ReallocationService } from './reallocation.service.js';

/** Takes a bandit's next step at once when a guardrail is breached, in the process that has just written so. */
@Injectable()
export class EarlyStep {
  private readonly logger = new Logger('Bandit');

  constructor(
    private readonly experiments: ExperimentsService,
    private readonly reallocations: ReallocationService,
  ) {}

  /** A step that comes too late, because the experiment has changed meanwhile, is left to the schedule. */
  @OnEvent(assayEvents.decision)
  async afterDecision({ experiment, actor, action, reason }: DecisionEvent): Promise<void> {
    if (actor !== 'guardrail') return;
    try {
      const { status, allocation, ...rest } = await this.experiments.find(experiment);
      if (status !== 'running' || allocation.mode !== 'bandit') return;
      await this.reallocations.reallocate({ ...rest, status, allocation }, 'bandit', {
        early: `a guardrail was breached (${action}): ${reason}`,
      });
    } catch (error) {
      if (error instanceof AssayError && error.code === 'VERSION_CONFLICT') return;
      this.logger.warn(`The bandit of ${experiment} was not reallocated early; its schedule goes on`, error);
    }
  }
}
