import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { GenerationsModule } from '../generations/generations.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { JudgeAllowance } from './judge-allowance.service.js';
import { JudgeCallService } from './judge-call.service.js';
import { JudgeInspection } from './judge-inspection.service.js';
import { JudgeJob } from './judge.job.js';
import { JudgeSpendStore } from './judge-spend.store.js';
import { JudgeViewService } from './judge-view.service.js';
import { JudgementErasure } from './judgement-erasure.service.js';
import { JudgementStore } from './judgement.store.js';
import { JudgingService } from './judging.service.js';
import { LabelService } from './label.service.js';
import { LabelStore } from './label.store.js';
import { PairJudging } from './pair-judging.service.js';
import { PreferenceStore } from './preference.store.js';
import { ScoreRecording } from './score-recording.service.js';

/** What a judge, and people, make of the answers: scores, labels, and how far the two agree. */
@Module({
  imports: [ExperimentsModule, GenerationsModule, MetricsModule],
  providers: [
    JudgeAllowance,
    JudgeCallService,
    JudgeInspection,
    JudgeJob,
    JudgeSpendStore,
    JudgeViewService,
    JudgementErasure,
    JudgementStore,
    JudgingService,
    LabelService,
    LabelStore,
    PairJudging,
    PreferenceStore,
    ScoreRecording,
  ],
  exports: [JudgeAllowance, JudgeCallService, JudgeViewService, LabelService],
})
export class JudgingModule {}
