import { Body, Controller, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestActor } from '../experiments/actor.decorator.js';
import type { Actor } from '../experiments/decision.js';
import { ExperimentWrite } from '../experiments/experiment-write.decorator.js';
import { ExperimentViewInterceptor } from '../experiments/experiment-view.interceptor.js';
import type { Experiment } from '../experiments/experiment.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { Reason, type ReasonBody } from '../lifecycle/lifecycle.schema.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { ApproveRamp, type ApproveRampBody } from './ramp.schema.js';
import { RampService } from './ramp.service.js';
import type { RampView } from './ramp-view.js';

@ApiTags('rollouts')
@Controller('v1/experiments/:key/ramp')
export class RampController {
  constructor(private readonly ramps: RampService) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({ summary: 'The next step of the ramp, and what it waits for' })
  view(@SeenExperiment() seen: Experiment): Promise<RampView> {
    return this.ramps.view(seen);
  }

  @Post('hold')
  @HttpCode(200)
  @RequiresScope('operate')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'Stop the ramp where it is until resumed' })
  @ExperimentWrite()
  hold(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.ramps.hold({ seen, actor, reason });
  }

  @Post('resume')
  @HttpCode(200)
  @RequiresScope('operate')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'Let a held ramp run on for what was left' })
  @ExperimentWrite()
  resume(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.ramps.resume({ seen, actor, reason });
  }

  @Post('abort')
  @HttpCode(200)
  @RequiresScope('operate')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'End the ramp at the present coverage' })
  @ExperimentWrite()
  abort(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.ramps.abort({ seen, actor, reason });
  }

  @Post('approve')
  @HttpCode(200)
  @RequiresScope('operate')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'Approve a step that waits for it, and those before it' })
  @ExperimentWrite()
  approve(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: ApproveRamp }) { coverage, reason }: ApproveRampBody,
    @RequestActor() actor: Actor,
  ) {
    return this.ramps.approve({ seen, actor, reason }, coverage);
  }
}
