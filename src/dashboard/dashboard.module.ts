import { Module } from '@nestjs/common';
import { AnalysisModule } from '../analysis/analysis.module.js';
import { BucketingModule } from '../bucketing/bucketing.module.js';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ServerModule } from '../operations/server.module.js';
import { LiveController } from './live/live.controller.js';
import { LiveService } from './live/live.service.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewFiguresService } from './overview/overview-figures.service.js';
import { OverviewService } from './overview/overview.service.js';
import { PageController } from './page/page.controller.js';
import { PageFiles } from './page/page-files.client.js';
import { PageService } from './page/page.service.js';
import { SessionController } from './session/session.controller.js';
import { SessionService } from './session/session.service.js';

/** The page at `/`, and what it needs beyond the API. */
@Module({
  imports: [AnalysisModule, BucketingModule, ExperimentsModule, GuardrailsModule, ServerModule],
  controllers: [PageController, SessionController, LiveController, OverviewController],
  providers: [PageFiles, PageService, SessionService, LiveService, OverviewService, OverviewFiguresService],
})
export class DashboardModule {}
