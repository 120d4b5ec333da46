import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AnalysisService } from '../../analysis/analysis.service.js';
import { LookService } from '../../analysis/looks/look.service.js';
import { PastDataService } from '../../analysis/planning/past-data.service.js';
import { plannedEffect, planDesign } from '../../analysis/planning/plan-design.js';
import { outlinePlan } from '../../analysis/planning/plan.js';
import type { Report } from '../../analysis/report.js';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { RegistryEntry } from '../../experiments/registry-entry.js';
import { GuardrailService } from '../../guardrails/guardrail.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { overviewFigures, type OverviewFigures } from './overview-figures.js';

/** A look this old is as good as a report. */
const recentMilliseconds = 15_000;

/** Reads what the overview shows of one experiment, one query at a time. */
@Injectable()
export class OverviewFiguresService {
  constructor(
    private readonly analysis: AnalysisService,
    private readonly looks: LookService,
    private readonly guardrails: GuardrailService,
    private readonly past: PastDataService,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** @param wait whether to make a report where the last look is old; otherwise any look will do */
  async read({ experiment, epochs }: RegistryEntry, wait: boolean): Promise<OverviewFigures> {
    const now = this.clock.now();
    const report = await this.reportOf({ experiment, epochs }, wait, now);
    await setImmediate();
    const verdicts = experiment.guardrails.length > 0 ? await this.guardrails.verdicts(experiment) : [];
    const isRunning = experiment.status === 'running';
    const arrival = isRunning ? await this.past.arrival(experiment, epochs) : null;
    const unitsByEffect = isRunning ? await this.unitsByEffect(experiment) : null;
    const metricOf = (key: string) => this.catalogue.get(key)?.metric;
    return overviewFigures({ experiment, report, verdicts, arrival, unitsByEffect, metricOf, now });
  }

  private async reportOf({ experiment }: RegistryEntry, wait: boolean, now: Date): Promise<Report> {
    const look = await this.looks.last(experiment);
    const isRecent = look !== null && now.getTime() - look.at.getTime() < recentMilliseconds;
    return look && (isRecent || !wait) ? look.report : this.analysis.reportOf(experiment);
  }

  /** The size that the minimum effect asks for by what control has shown, where the plan names none itself. */
  private async unitsByEffect(experiment: Experiment): Promise<number | null> {
    const metric = this.catalogue.get(experiment.metrics.primary[0] ?? '')?.metric ?? null;
    const effect = plannedEffect(experiment, metric);
    const isPlanned = experiment.plan.unitsPerVariant !== null;
    if (!metric || effect === null || isPlanned || experiment.allocation.mode === 'bandit') return null;
    const { baseline } = await this.past.baseline(experiment, metric);
    if ('status' in baseline) return null;
    try {
      const asked = { looks: 1, covariateCorrelation: 0, sequential: 'open' } as const;
      const design = planDesign(asked, experiment, metric);
      return outlinePlan({ metric, effect, baseline, arrival: null, design }).units;
    } catch (error) {
      // The effect has no room: then nobody can say how many units it takes.
      if (error instanceof AssayError && error.code === 'INVALID_REQUEST') return null;
      throw error;
    }
  }
}
