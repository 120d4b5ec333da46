import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import type { Spend } from './spend.js';
import { SpendService } from './spend.service.js';

@ApiTags('guardrails')
@Controller('v1/experiments/:key/spend')
@RequiresScope('read')
export class SpendController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly spending: SpendService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What an experiment has spent, in US dollars, and when its budget will be spent' })
  async read(@Param('key') key: string): Promise<Spend & { experiment: string }> {
    return { experiment: key, ...(await this.spending.spend(await this.experiments.find(key))) };
  }
}
