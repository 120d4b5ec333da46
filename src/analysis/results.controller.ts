import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { AnalysisService } from './analysis.service.js';
import { refuseQuery } from './refuse-query.js';
import { reportDocument } from './report-document.js';
import type { Report } from './report.js';

@ApiTags('results')
@Controller('v1/experiments')
@RequiresScope('read')
export class ResultsController {
  constructor(private readonly analysis: AnalysisService) {}

  @Get(':key/results')
  @ApiOperation({ summary: 'What is known, how far the data can be trusted, and what to do' })
  async results(@Param('key') key: string, @Query() query: Record<string, unknown>): Promise<Report> {
    refuseQuery(query);
    return this.analysis.report(key);
  }

  @Get(':key/report.md')
  @Header('content-type', 'text/markdown; charset=utf-8')
  @ApiOperation({ summary: 'The same as a document to send around' })
  async document(@Param('key') key: string, @Query() query: Record<string, unknown>): Promise<string> {
    refuseQuery(query);
    const { experiment, report } = await this.analysis.reportWithExperiment(key);
    return reportDocument(experiment, report);
  }
}
