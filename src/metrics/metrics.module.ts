import { Module } from '@nestjs/common';
import { BucketingModule } from '../bucketing/bucketing.module.js';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { AttributionService } from './attribution.service.js';
import { BinaryCellsStore } from './binary-cells.store.js';
import { CovariateStore } from './covariate.store.js';
import { ExportService } from './export.service.js';
import { ExportStore } from './export.store.js';
import { FeedbackService } from './feedback.service.js';
import { HealthStore } from './health.store.js';
import { ImportOpening } from './import-opening.service.js';
import { ImportService } from './import.service.js';
import { ImportStore } from './import.store.js';
import { IngestionService } from './ingestion.service.js';
import { InteractionOutcomes } from './interaction-outcomes.service.js';
import { JudgeWatch } from './judge-watch.service.js';
import { JudgedStore } from './judged.store.js';
import { OutcomeService } from './outcome.service.js';
import { OutcomeStore } from './outcome.store.js';
import { PartitionJob } from './partition.job.js';
import { PartitionService } from './partition.service.js';
import { PartitionStore } from './partition.store.js';
import { QuantileStore } from './quantile.store.js';
import { ArchiveService } from './retention/archive.service.js';
import { ClosedDayStore } from './retention/closed-day.store.js';
import { DayArchiver } from './retention/day-archiver.service.js';
import { OutcomeDayStore } from './retention/outcome-day.store.js';
import { RetentionJob } from './retention/retention.job.js';
import { RetentionRounds } from './retention/retention-rounds.service.js';
import { RetentionService } from './retention/retention.service.js';
import { TimeTotalsStore } from './time-totals.store.js';
import { LeafCountStore } from './leaf-count.store.js';
import { SegmentStore } from './segment.store.js';
import { ServedAnswersStore } from './served-answers.store.js';
import { OutcomeIntake } from './spool/outcome-intake.service.js';
import { OutcomeSpool } from './spool/outcome-spool.service.js';
import { SpoolDrain } from './spool/spool-drain.service.js';
import { SketchJob } from './sketches/sketch.job.js';
import { SketchService } from './sketches/sketch.service.js';
import { SketchStore } from './sketches/sketch.store.js';
import { TotalsStore } from './totals.store.js';

/** What happened: outcomes taken in, deduplicated, committed and counted; totals for everyone who decides. */
@Module({
  imports: [BucketingModule, LifecycleModule],
  providers: [
    ArchiveService,
    ClosedDayStore,
    DayArchiver,
    OutcomeDayStore,
    RetentionJob,
    RetentionRounds,
    RetentionService,
    AttributionService,
    BinaryCellsStore,
    CovariateStore,
    ExportService,
    ExportStore,
    FeedbackService,
    HealthStore,
    ImportOpening,
    ImportService,
    ImportStore,
    IngestionService,
    InteractionOutcomes,
    JudgeWatch,
    JudgedStore,
    OutcomeIntake,
    OutcomeService,
    OutcomeSpool,
    OutcomeStore,
    PartitionJob,
    PartitionService,
    PartitionStore,
    QuantileStore,
    TimeTotalsStore,
    LeafCountStore,
    SegmentStore,
    ServedAnswersStore,
    SketchJob,
    SketchService,
    SketchStore,
    SpoolDrain,
    TotalsStore,
  ],
  exports: [
    ArchiveService,
    BinaryCellsStore,
    CovariateStore,
    ExportService,
    FeedbackService,
    ImportService,
    InteractionOutcomes,
    JudgeWatch,
    JudgedStore,
    OutcomeService,
    OutcomeSpool,
    QuantileStore,
    RetentionRounds,
    TimeTotalsStore,
    LeafCountStore,
    SegmentStore,
    ServedAnswersStore,
    TotalsStore,
    BucketingModule,
    LifecycleModule,
  ],
})
export class MetricsModule {}
