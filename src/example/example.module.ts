import { Module } from '@nestjs/common';
import { AnalysisModule } from '../analysis/analysis.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AdminController } from './admin.controller.js';
import { FeedbackController } from './feedback.controller.js';
import { RatingService } from './rating.service.js';
import { SummarizeController } from './summarize.controller.js';

/** Summaries under an experiment: the reference article's application, as a user of Assay writes it. */
@Module({
  imports: [MetricsModule, AnalysisModule],
  controllers: [SummarizeController, FeedbackController, AdminController],
  providers: [RatingService],
})
export class ExampleModule {}
