import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnalysisService } from '../analysis/analysis.service.js';
import { RegistryService } from '../experiments/registry.service.js';
import { Public } from '../operations/public.decorator.js';
import { articleResults, experimentSummary } from './article-results.js';

@Public()
@ApiTags('example')
@Controller('admin/experiments')
export class AdminController {
  constructor(
    private readonly registry: RegistryService,
    private readonly analysis: AnalysisService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every experiment, and whether it is serving variants' })
  list() {
    return this.registry.list().map(({ experiment }) => experimentSummary(experiment));
  }

  @Get(':id/results')
  @ApiOperation({
    summary: 'What each variant did, at a glance; GET /v1/experiments/{key}/results has everything',
  })
  async results(@Param('id') id: string) {
    const { experiment, report } = await this.analysis.reportWithExperiment(id);
    return { experiment: experimentSummary(experiment), results: articleResults(experiment, report) };
  }
}
