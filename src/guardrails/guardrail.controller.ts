import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestActor } from '../experiments/actor.decorator.js';
import type { Actor } from '../experiments/decision.js';
import { ExperimentWrite } from '../experiments/experiment-write.decorator.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import type { GuardrailOverride } from './override/guardrail-override.js';
import { OverrideGuardrail, type OverrideRequest } from './override/guardrail-override.schema.js';
import { GuardrailOverrideService } from './override/guardrail-override.service.js';
import { GuardrailService } from './guardrail.service.js';
import type { GuardrailVerdict } from './verdict.js';

interface GuardrailList {
  readonly experiment: string;
  readonly phase: number;
  readonly verdicts: readonly GuardrailVerdict[];
  readonly overrides: readonly GuardrailOverride[];
}

@ApiTags('guardrails')
@Controller('v1/experiments/:key/guardrails')
export class GuardrailController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly guardrails: GuardrailService,
    private readonly overriding: GuardrailOverrideService,
  ) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({ summary: "Each guardrail's present verdict on each variant, with its evidence" })
  async list(@Param('key') key: string): Promise<GuardrailList> {
    const experiment = await this.experiments.find(key);
    const [verdicts, overrides] = await Promise.all([
      this.guardrails.verdicts(experiment),
      this.guardrails.overrides(experiment),
    ]);
    return { experiment: key, phase: experiment.phase, verdicts, overrides };
  }

  @Post('override')
  @HttpCode(200)
  @RequiresScope('operate')
  @ApiOperation({ summary: 'Let a guardrail take no action until then; it goes on judging' })
  @ExperimentWrite()
  async override(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: OverrideGuardrail }) body: OverrideRequest,
    @RequestActor() actor: Actor,
  ): Promise<GuardrailList> {
    await this.overriding.override(seen, body, actor);
    return this.list(seen.key);
  }
}
