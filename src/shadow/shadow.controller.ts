import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestActor } from '../experiments/actor.decorator.js';
import type { Actor } from '../experiments/decision.js';
import { ExperimentViewInterceptor } from '../experiments/experiment-view.interceptor.js';
import { ExperimentWrite } from '../experiments/experiment-write.decorator.js';
import type { Experiment } from '../experiments/experiment.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { CandidateStart } from './candidate-start.service.js';
import type { ShadowView } from './shadow-run.js';
import {
  StartCandidate,
  StartShadow,
  type StartCandidateBody,
  type StartShadowBody,
} from './shadow.schema.js';
import { ShadowService } from './shadow.service.js';

@ApiTags('shadow')
@Controller('v1/experiments/:key/shadow')
export class ShadowController {
  constructor(
    private readonly shadows: ShadowService,
    private readonly candidates: CandidateStart,
  ) {}

  @Post()
  @RequiresScope('operate')
  @ApiOperation({
    summary:
      "Tries a candidate's config on logged prompts of the control: nobody is shown it, nothing counts",
    description:
      '`share` of the prompts, `limit` answers at most, for `budgetUsd` at most (null: no bound). Ends with `limit`, `budget`, `price-unknown`, `stopped`, `started` or `experiment-over`.',
  })
  start(
    @Param('key') key: string,
    @Body({ schema: StartShadow }) body: StartShadowBody,
  ): Promise<ShadowView> {
    return this.shadows.start(key, body);
  }

  @Post('stop')
  @HttpCode(200)
  @RequiresScope('operate')
  @ApiOperation({ summary: 'Ends the run under way' })
  stop(@Param('key') key: string): Promise<{ runs: ShadowView[] }> {
    return this.shadows.stop(key);
  }

  @Post('experiment')
  @RequiresScope('operate')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({
    summary: 'Starts an experiment of the candidate against the control, in one call',
    description:
      'Of the `run` named, else of the newest, once it has answers. Everything else is as in this experiment, under the `key` given; `start: false` leaves a draft.',
  })
  @ExperimentWrite()
  startExperiment(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: StartCandidate }) body: StartCandidateBody,
    @RequestActor() actor: Actor,
  ) {
    return this.candidates.start(seen, body, actor);
  }

  @Get()
  @RequiresScope('read')
  @ApiOperation({
    summary:
      'The candidates tried, newest first: length, latency, cost, failures and what the judge says of them, beside what was shown',
  })
  list(@Param('key') key: string): Promise<{ runs: ShadowView[] }> {
    return this.shadows.list(key);
  }
}
