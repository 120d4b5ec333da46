import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Definition } from '../../experiments/draft-faults.js';
import { DraftOutlook, DraftOutlooks } from '../../experiments/draft-outlooks.service.js';
import type { DraftWarning } from '../../experiments/draft-warnings.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { RegistryEntry } from '../../experiments/registry-entry.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { PastDataService } from './past-data.service.js';
import { plannedEffect, planDesign } from './plan-design.js';
import { outlinePlan, type PlanSources } from './plan.js';

/** Fewer units say too little of a metric to warn anybody. */
const leastUnits = 100;

/** How many earlier experiments are asked, the latest first, until one has units enough. */
const mostAsked = 3;

/** Warns of a draft that, going by the latest experiment like it, cannot find its minimum effect in its time. */
@Injectable()
export class PastOutlook extends DraftOutlook implements OnModuleInit {
  constructor(
    private readonly outlooks: DraftOutlooks,
    private readonly registry: RegistryService,
    private readonly catalogue: CatalogueService,
    private readonly past: PastDataService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.outlooks.add(this);
  }

  override async warnings(draft: Definition): Promise<readonly DraftWarning[]> {
    const metric = this.catalogue.get(draft.metrics.primary[0] ?? '')?.metric;
    // The plan of a demonstration is measured in seconds.
    const effect = metric && !draft.demonstration ? plannedEffect(draft, metric) : null;
    if (!metric || effect === null) return [];
    const known = await this.latestLike(draft, metric);
    if (!known) return [];
    const obstacle = obstacleTo(draft, { metric, effect, ...known.sources });
    if (obstacle === null) return [];
    const message = `Going by ${known.key}, this cannot conclude in time. ${obstacle} POST /v1/plans tries other plans.`;
    return [{ code: 'CANNOT_CONCLUDE', message }];
  }

  /** What the latest experiment with the metric and the same unit has shown, if it has units enough. */
  private async latestLike(
    draft: Definition,
    metric: Metric,
  ): Promise<{ readonly key: string; readonly sources: Pick<PlanSources, 'baseline' | 'arrival'> } | null> {
    const candidates = this.registry
      .list()
      .filter(({ experiment }) => isLike(experiment, draft, metric))
      .sort((one, other) => startOf(other).getTime() - startOf(one).getTime());
    for (const { experiment, epochs } of candidates.slice(0, mostAsked)) {
      const { baseline, units } = await this.past.baseline(experiment, metric);
      if (units < leastUnits || 'status' in baseline) continue;
      const arrival = await this.past.arrival(experiment, epochs);
      return { key: experiment.key, sources: { baseline, arrival } };
    }
    return null;
  }
}

/** Why the draft cannot find its minimum effect, or null where it can, or nobody knows. */
function obstacleTo(draft: Definition, sources: Omit<PlanSources, 'design'>): string | null {
  try {
    const design = planDesign({ looks: 14, covariateCorrelation: 0 }, draft, sources.metric);
    const { feasible, reason } = outlinePlan({ ...sources, design });
    return feasible === false ? reason : null;
  } catch (error) {
    // No plan at all, such as for a share that is to rise beyond 1.
    if (error instanceof AssayError && error.code === 'INVALID_REQUEST') return error.message;
    throw error;
  }
}

function isLike(experiment: Experiment, draft: Definition, { key }: Metric): boolean {
  const { metrics, unit, source, startedAt, demonstration } = experiment;
  const isEarlier = experiment.key !== draft.key && (source === 'imported' || startedAt !== null);
  const measures = metrics.primary.includes(key) || metrics.secondary.includes(key);
  return isEarlier && !demonstration && unit === draft.unit && measures;
}

function startOf({ experiment }: RegistryEntry): Date {
  return experiment.startedAt ?? experiment.createdAt;
}
