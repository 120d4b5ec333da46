import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../operations/clock.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { AnnouncementService } from './announcement/announcement.service.js';
import { AnalysisService } from './analysis.service.js';
import { LookService } from './looks/look.service.js';
import { refuseFuture } from './looks/refuse-future.js';
import type { Series } from './looks/series.js';
import { reportDocument } from './report-document.js';
import type { Report } from './report.js';
import { ResultsQuery, SeriesQuery } from './results.schema.js';

@ApiTags('results')
@Controller('v1/experiments')
@RequiresScope('read')
export class ResultsController {
  constructor(
    private readonly analysis: AnalysisService,
    private readonly announcements: AnnouncementService,
    private readonly looks: LookService,
    private readonly clock: Clock,
  ) {}

  @Get(':key/results')
  @ApiOperation({
    summary: 'What is known, how far the data can be trusted, and what to do',
    description: 'With `asOf`: the last look that was recorded up to that instant, as it was.',
  })
  async results(
    @Param('key') key: string,
    @Query({ schema: ResultsQuery }) { asOf }: ResultsQuery,
  ): Promise<Report> {
    return asOf ? (await this.past(key, asOf)).look.report : this.analysis.report(key);
  }

  @Get(':key/results/series')
  @ApiOperation({ summary: 'Every recorded look, for plotting' })
  series(@Param('key') key: string, @Query({ schema: SeriesQuery }) query: SeriesQuery): Promise<Series> {
    return this.looks.series(key, query);
  }

  @Get(':key/report.md')
  @Header('content-type', 'text/markdown; charset=utf-8')
  @ApiOperation({
    summary: 'The announcement: a draft until something is decided, then as it was known at that moment',
    description: 'With `asOf`: the last look that was recorded up to that instant, as a document.',
  })
  async document(
    @Param('key') key: string,
    @Query({ schema: ResultsQuery }) { asOf }: ResultsQuery,
  ): Promise<string> {
    if (asOf) {
      const { experiment, look } = await this.past(key, asOf);
      return reportDocument(experiment, look.report);
    }
    return this.announcements.document(key);
  }

  private past(key: string, asOf: Date) {
    refuseFuture(asOf, this.clock.now());
    return this.looks.asOf(key, asOf);
  }
}
