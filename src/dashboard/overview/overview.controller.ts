import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { OverviewService } from './overview.service.js';
import type { Overview } from './overview.js';

@ApiTags('experiments')
@Controller('v1/overview')
@RequiresScope('read')
export class OverviewController {
  constructor(private readonly overviews: OverviewService) {}

  @Get()
  @ApiOperation({
    summary: 'All experiments, newest first, each with its figures, progress and lights',
    description:
      'The figures are some seconds old at most while somebody asks; `asOf` says of when they are.',
  })
  overview(): Promise<Overview> {
    return this.overviews.overview();
  }
}
