import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { maturedBefore } from '../bucketing/cohort.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { DecisionStore } from '../experiments/decision.store.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { Clock } from '../operations/clock.js';
import { JudgeWatch } from '../metrics/judge-watch.service.js';
import { ReceiptService } from '../generations/receipts/receipt.service.js';
import { ArchiveService } from '../metrics/retention/archive.service.js';
import { AsServedService } from './as-served/as-served.service.js';
import { archiveWarnings } from './health/archive-warnings.js';
import { judgeWarnings } from './health/judge-warnings.js';
import { MetricDataService } from './metric-data.service.js';
import type { MetricData } from './measurement/metric-data.js';
import { measuredMetrics } from './measurement/measured-metrics.js';
import { LookStore } from './looks/look.store.js';
import { timeWarningCodes, timeWarnings } from './time/time-warnings.js';
import { TimeEffectsService } from './time/time-effects.service.js';
import type { Warning } from './warning.js';
import { assembleReport, readMetric, type Report, type LooksSoFar, type ReportSources } from './report.js';

/** The report of an experiment, from the totals as they are now. Reading it changes nothing and spends no alpha. */
@Injectable()
export class AnalysisService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly epochs: WeightEpochStore,
    private readonly decisions: DecisionStore,
    private readonly catalogue: CatalogueService,
    private readonly data: MetricDataService,
    private readonly looks: LookStore,
    private readonly time: TimeEffectsService,
    private readonly archive: ArchiveService,
    private readonly judges: JudgeWatch,
    private readonly receipts: ReceiptService,
    private readonly served: AsServedService,
    private readonly clock: Clock,
  ) {}

  /** The report of the experiment of that key. Throws EXPERIMENT_NOT_FOUND. */
  async report(key: string): Promise<Report> {
    return this.reportOf(await this.experiments.find(key));
  }

  /** The report with the experiment it is about. Throws EXPERIMENT_NOT_FOUND. */
  async reportWithExperiment(key: string): Promise<{ experiment: Experiment; report: Report }> {
    const experiment = await this.experiments.find(key);
    return { experiment, report: await this.reportOf(experiment) };
  }

  /** The report of an experiment that the caller holds already. */
  async reportOf(experiment: Experiment): Promise<Report> {
    const sources = await this.sourcesOf(experiment, 'read');
    const results = [];
    for (const data of sources.metrics) {
      results.push(readMetric(sources, data));
      // Whoever is served an assignment meanwhile waits for one metric at most.
      await setImmediate();
    }
    return assembleReport(sources, results);
  }

  /** Everything that a report is made from, as it is now, for somebody who reads it or to record it as a look. */
  async sourcesOf(experiment: Experiment, purpose: 'read' | 'record'): Promise<ReportSources> {
    const now = this.clock.now();
    const imported = experiment.source === 'imported';
    const binsBefore = imported ? null : maturedBefore(now, experiment.metrics.window);
    // One query at a time: a report takes one connection from those who serve users, never all of them.
    const epochs = await this.epochs.listAll(experiment.id);
    const decisions = await this.decisions.list(experiment.id);
    const totals = await this.data.totals(experiment, binsBefore);
    const exposed = await this.data.arrivals(experiment);
    const counts = await this.data.health(experiment);
    const segments = await this.data.segments(experiment, totals);
    const leafCounts = await this.data.leafCounts(experiment, totals);
    const looks = await this.looks.soFar(experiment.id);
    const named = measuredMetrics(experiment, new Set(totals.all.moments.map(({ metric }) => metric)));
    const metrics: MetricData[] = [];
    for (const { key, role } of named) {
      const entry = this.catalogue.get(key);
      if (entry) metrics.push(await this.data.metric(experiment, entry.metric, role, epochs, totals));
    }
    const receipts = await this.receipts.receipts(experiment);
    return {
      experiment,
      epochs,
      exposed,
      counts,
      segments,
      leafCounts,
      metrics,
      decisions,
      looks,
      archiveWarnings: archiveWarnings(experiment, await this.archive.archived()),
      judgeWarnings: judgeWarnings(await this.judges.conditions(experiment)),
      pairwise: await this.judges.pairwise(experiment),
      receipts,
      asServed: await this.served.asServed(experiment, { receipts, metrics, binsBefore }),
      timeWarnings: await this.timeWarnings(experiment, looks, purpose),
      now,
    };
  }

  /** What time does to the effects, as of the last look: finding out costs more the more outcomes there are. */
  private async timeWarnings(
    experiment: Experiment,
    { warnings }: LooksSoFar,
    purpose: 'read' | 'record',
  ): Promise<readonly Warning[]> {
    // Imported data have no looks.
    if (purpose === 'read' && experiment.source === 'live')
      return warnings.filter(({ code }) => timeWarningCodes.has(code));
    return timeWarnings(await this.time.timeEffectsOf(experiment));
  }
}
