import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { AssayError } from '../operations/assay-error.js';
import { JudgeInspection } from './judge-inspection.service.js';
import { judgeAgreement, judgedVariants, type JudgeView } from './judge-view.js';
import { JudgementStore } from './judgement.store.js';
import { LabelStore } from './label.store.js';

const driftSentence =
  'The judge agrees with people otherwise than before; look whether its model changed, and label more of the latest answers.';

/** Shows how a judge fares: what it scored, what that cost, how often it failed, how far it agrees with people. */
@Injectable()
export class JudgeViewService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly catalogue: CatalogueService,
    private readonly judgements: JudgementStore,
    private readonly labels: LabelStore,
    private readonly inspection: JudgeInspection,
  ) {}

  /** Throws EXPERIMENT_NOT_FOUND; NOT_FOUND for an experiment without a judge. */
  async view(key: string): Promise<JudgeView> {
    const experiment = await this.experiments.find(key);
    const { id, judge, variants } = experiment;
    if (!judge) {
      throw new AssayError(
        'NOT_FOUND',
        `"${key}" has no judge; a draft gets one with PATCH {"judge": {"rubric": …}}.`,
      );
    }
    const counts = await this.judgements.counts(id);
    const scores = await this.labels.scores(id);
    const agreed = judgeAgreement(await this.labels.count(id), scores);
    const { failing, stopped } = await this.inspection.conditionOf(experiment, judge);
    const pairwise = await this.inspection.pairwise(experiment);
    const { calls, costUsd, budgetUsd } = await this.inspection.today(experiment);
    return {
      experiment: key,
      judge,
      labelMetric: this.catalogue.get(judge.metric)?.metric.labels ?? null,
      variants: judgedVariants(
        variants.map((variant) => variant.key),
        counts,
        scores,
      ),
      pairwise,
      today: { calls, costUsd, budgetUsd },
      costUsd: await this.inspection.costUsd(experiment),
      failures: await this.inspection.failures(experiment),
      agreement: agreed,
      faults: [
        failing,
        stopped,
        agreed.drift.drifted ? driftSentence : null,
        ...pairwise.map(({ distrusted }) => distrusted),
      ].filter((fault) => fault !== null),
    };
  }
}
