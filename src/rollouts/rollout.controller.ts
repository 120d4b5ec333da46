import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestActor } from '../experiments/actor.decorator.js';
import type { Actor } from '../experiments/decision.js';
import { ExperimentWrite } from '../experiments/experiment-write.decorator.js';
import { ExperimentViewInterceptor } from '../experiments/experiment-view.interceptor.js';
import type { Experiment } from '../experiments/experiment.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { Reason, type ReasonBody } from '../lifecycle/lifecycle.schema.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import type { RolloutRequest } from './rollout-faults.js';
import { StartRollout } from './rollout.schema.js';
import { RolloutService } from './rollout.service.js';

@ApiTags('rollouts')
@Controller('v1/experiments/:key/rollout')
@RequiresScope('operate')
@UseInterceptors(ExperimentViewInterceptor)
@ExperimentWrite()
export class RolloutController {
  constructor(private readonly rollouts: RolloutService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a winner to everyone in stages' })
  start(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: StartRollout }) body: RolloutRequest,
    @RequestActor() actor: Actor,
  ) {
    return this.rollouts.start(seen, body, actor);
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold the present stage until resumed' })
  pause(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.rollouts.pause(seen, actor, reason);
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let the present stage run on for what was left of its hold' })
  resume(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.rollouts.resume(seen, actor, reason);
  }

  @Post('abort')
  @HttpCode(200)
  @ApiOperation({ summary: 'Back to the weights of before, paused' })
  abort(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.rollouts.abort(seen, actor, reason);
  }
}
