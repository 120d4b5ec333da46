import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import type { CostEstimate } from './cost-estimate.js';
import { CostEstimateRequest, type CostEstimateQuery } from './cost-estimate.schema.js';
import { CostEstimateService } from './cost-estimate.service.js';

@ApiTags('plans')
@Controller('v1/experiments/:key/cost-estimate')
@RequiresScope('read')
export class CostEstimateController {
  constructor(private readonly estimates: CostEstimateService) {}

  @Get()
  @ApiOperation({
    summary: 'What the planned units will cost in US dollars, per request, variant and in all',
    description:
      'From the requests so far, else from those of the control of this experiment or of `from`, else from `maxTokens` and `inputTokens`, what users send (500). `units` and `requestsPerUnit` take the place of what the plan and the past say. What is unknown is null, with a reason.',
  })
  estimate(
    @Param('key') key: string,
    @Query({ schema: CostEstimateRequest }) query: CostEstimateQuery,
  ): Promise<CostEstimate> {
    return this.estimates.estimate(key, query);
  }
}
