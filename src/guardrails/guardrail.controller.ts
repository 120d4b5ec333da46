import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { GuardrailService } from './guardrail.service.js';
import type { GuardrailVerdict } from './verdict.js';

@ApiTags('guardrails')
@Controller('v1/experiments/:key/guardrails')
@RequiresScope('read')
export class GuardrailController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly guardrails: GuardrailService,
  ) {}

  @Get()
  @ApiOperation({ summary: "Each guardrail's present verdict on each variant, with its bound" })
  async list(
    @Param('key') key: string,
  ): Promise<{ experiment: string; phase: number; verdicts: GuardrailVerdict[] }> {
    const experiment = await this.experiments.find(key);
    return { experiment: key, phase: experiment.phase, verdicts: await this.guardrails.verdicts(experiment) };
  }
}
