import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AnalysisService } from './analysis.service.js';
import { MetricDataService } from './metric-data.service.js';

/** What the totals mean: the report and its recommendation. */
@Module({
  imports: [ExperimentsModule, MetricsModule],
  providers: [AnalysisService, MetricDataService],
  exports: [AnalysisService],
})
export class AnalysisModule {}
