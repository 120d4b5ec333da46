import { Injectable } from '@nestjs/common';
import type { Experiment } from '../../experiments/experiment.js';
import { variantOf } from '../../experiments/experiment.js';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import type { OwnPrices } from '../../llm/price.js';
import { readPrices } from '../../llm/price-file.client.js';
import { TotalsStore } from '../../metrics/totals.store.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { Configuration } from '../../operations/configuration/configuration.js';
import { CreatePlan } from '../planning/plan.schema.js';
import { PlansService } from '../planning/plans.service.js';
import { estimateCost, type CostEstimate, type PlannedUnits } from './cost-estimate.js';
import type { CostEstimateQuery } from './cost-estimate.schema.js';
import { pastUsage, type PastUsage } from './past-usage.js';

/** The phase in which variants are compared; the stages of a rollout come after it. */
const testPhase = 0;

/** Answers what an experiment will cost, before it is started. Changes nothing. */
@Injectable()
export class CostEstimateService {
  private readonly prices: OwnPrices | undefined;

  constructor(
    private readonly experiments: ExperimentsService,
    private readonly totals: TotalsStore,
    private readonly plans: PlansService,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {
    const { pricesFile } = configuration;
    this.prices = pricesFile === undefined ? undefined : readPrices(pricesFile);
  }

  /** Throws EXPERIMENT_NOT_FOUND, also for the experiment to take figures from. */
  async estimate(key: string, query: CostEstimateQuery): Promise<CostEstimate> {
    const experiment = await this.experiments.find(key);
    const earlier = query.from === undefined ? experiment : await this.experiments.find(query.from);
    const own = await this.usageOf(experiment);
    const theirs = earlier === experiment ? own : await this.usageOf(earlier);
    const usage = theirs.find(({ variant }) => variant === earlier.control);
    return estimateCost({
      experiment,
      planned: await this.plannedUnits(experiment, query.units),
      requestsPerUnit: query.requestsPerUnit ?? null,
      own,
      outlook: {
        reference: usage ? { usage, config: variantOf(earlier, earlier.control).config } : null,
        assumedTokens: query.inputTokens,
        defaultModel: this.configuration.model,
        prices: this.prices,
        at: this.clock.now(),
      },
    });
  }

  private async usageOf({ id, key, variants }: Experiment): Promise<PastUsage[]> {
    const totals = await this.totals.moments({ experimentId: id, phase: testPhase, binsBefore: null });
    return variants.flatMap((variant) => pastUsage(key, variant.key, totals) ?? []);
  }

  /** As given, as the plan says, or as a plan made now would. */
  private async plannedUnits(experiment: Experiment, given: number | undefined): Promise<PlannedUnits> {
    const { key, plan, variants } = experiment;
    if (given !== undefined) return { units: given, reason: null };
    const weights = variants.map(({ weight }) => weight);
    const smallest = Math.min(...weights.filter((weight) => weight > 0));
    const inAll = weights.reduce((sum, weight) => sum + weight, 0) / smallest;
    if (plan.unitsPerVariant !== null) return { units: plan.unitsPerVariant * inAll, reason: null };
    try {
      return { units: (await this.plans.plan(CreatePlan.parse({ experiment: key }))).units, reason: null };
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      const reason = `How many units it needs is unknown; give ?units=. ${error.message}`;
      return { units: null, reason };
    }
  }
}
