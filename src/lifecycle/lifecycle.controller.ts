import { Body, Controller, HttpCode, Patch, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestActor } from '../experiments/actor.decorator.js';
import type { Actor } from '../experiments/decision.js';
import { ExperimentWrite } from '../experiments/experiment-write.decorator.js';
import { ExperimentViewInterceptor } from '../experiments/experiment-view.interceptor.js';
import { PatchExperiment, type ExperimentPatchRequest } from '../experiments/experiment.schema.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { EditService } from './edit.service.js';
import {
  Clone,
  Conclude,
  KillReason,
  Reason,
  type CloneBody,
  type ConcludeBody,
  type ReasonBody,
} from './lifecycle.schema.js';
import { LifecycleService } from './lifecycle.service.js';

@ApiTags('lifecycle')
@Controller('v1/experiments/:key')
@RequiresScope('operate')
@UseInterceptors(ExperimentViewInterceptor)
@ExperimentWrite()
export class LifecycleController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly lifecycle: LifecycleService,
    private readonly edits: EditService,
  ) {}

  @Patch()
  @ApiOperation({ summary: 'Edit a draft, or what may still change of a started experiment' })
  edit(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: PatchExperiment }) body: ExperimentPatchRequest,
    @RequestActor() actor: Actor,
  ) {
    return this.edits.edit(seen, body, actor);
  }

  @Post('start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Start a draft, or schedule it for its startsAt' })
  start(@SeenExperiment() seen: Experiment, @RequestActor() actor: Actor) {
    return this.lifecycle.start(seen, actor);
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Everyone on the fallback until resumed' })
  pause(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.lifecycle.pause(seen, actor, reason);
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a paused experiment run on; a killed one becomes paused' })
  resume(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.lifecycle.resume(seen, actor, reason);
  }

  @Post('conclude')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it; the named variant (control by default) is served to all from now on' })
  conclude(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Conclude }) { variant, reason }: ConcludeBody,
    @RequestActor() actor: Actor,
  ) {
    return this.lifecycle.conclude(seen, actor, variant, reason);
  }

  @Post('archive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep everything, serve the fallback for good' })
  archive(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Reason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.lifecycle.archive(seen, actor, reason);
  }

  @Post('kill')
  @HttpCode(200)
  @ApiOperation({ summary: 'Everyone on the fallback at once, on every replica' })
  kill(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: KillReason }) { reason }: ReasonBody,
    @RequestActor() actor: Actor,
  ) {
    return this.lifecycle.kill(seen, actor, reason);
  }

  @Post('clone')
  @ApiOperation({ summary: 'A new draft with the same definition and a new salt' })
  clone(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Clone }) { key }: CloneBody,
    @RequestActor() actor: Actor,
  ) {
    return this.experiments.clone(seen, key, actor);
  }
}
