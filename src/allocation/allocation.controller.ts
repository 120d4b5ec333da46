import { Body, Controller, HttpCode, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestActor } from '../experiments/actor.decorator.js';
import type { Actor } from '../experiments/decision.js';
import { ExperimentWrite } from '../experiments/experiment-write.decorator.js';
import { ExperimentViewInterceptor } from '../experiments/experiment-view.interceptor.js';
import type { Experiment } from '../experiments/experiment.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { SetAllocation } from './allocation.schema.js';
import { AllocationService } from './allocation.service.js';
import { ReallocationService } from './reallocation.service.js';
import type { AllocationRequest } from './set-allocation.js';

@ApiTags('allocation')
@Controller('v1/experiments/:key')
@RequiresScope('operate')
@ExperimentWrite()
export class AllocationController {
  constructor(
    private readonly allocations: AllocationService,
    private readonly reallocations: ReallocationService,
  ) {}

  @Put('allocation')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'Set fixed weights, or let the bandit set them from now on' })
  set(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: SetAllocation }) body: AllocationRequest,
    @RequestActor() actor: Actor,
  ) {
    return this.allocations.set(seen, body, actor);
  }

  @Post('reallocate')
  @HttpCode(200)
  @ApiOperation({ summary: "Take the bandit's next step now; the answer says what it did and why" })
  async reallocate(@SeenExperiment() seen: Experiment, @RequestActor() actor: Actor) {
    const { change, ...steps } = await this.reallocations.reallocate(seen, actor);
    const { outcome, reason, evidence, leaves, opened } = steps;
    return { experiment: seen.key, changed: change !== null, outcome, reason, evidence, leaves, opened };
  }
}
