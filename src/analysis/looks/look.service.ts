import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Experiment } from '../../experiments/experiment.js';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import { DecisionWitnesses } from '../../lifecycle/decision-witness.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { AnalysisService } from '../analysis.service.js';
import { takeLook } from '../report.js';
import type { Look, LookCause } from './look.js';
import { LookStore } from './look.store.js';
import { seriesPoint, type Series } from './series.js';

/** Decisions that rest on the report. A bandit's steps carry evidence of their own. */
const witnessed: ReadonlySet<string> = new Set(['conclude', 'roll out']);

/** Takes looks down, and reads them back. Only what is taken down here counts towards repeated testing. */
@Injectable()
export class LookService implements OnModuleInit {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly analysis: AnalysisService,
    private readonly looks: LookStore,
    private readonly witnesses: DecisionWitnesses,
  ) {}

  onModuleInit(): void {
    this.witnesses.add(async (experiment, { action }) => {
      if (witnessed.has(action)) await this.record(experiment, 'decision');
      return undefined;
    });
  }

  /** Records the report as it is now. False when another process recorded one meanwhile. */
  async record(experiment: Experiment, cause: LookCause): Promise<boolean> {
    return (await this.take(experiment, cause))();
  }

  /** The report as it is now, to be recorded in a transaction of the caller's. */
  async take(
    experiment: Experiment,
    cause: LookCause,
  ): Promise<(manager?: EntityManager) => Promise<boolean>> {
    const sources = await this.analysis.sourcesOf(experiment, 'record');
    const { report, memory } = takeLook(sources, cause === 'planned');
    const number = sources.looks.recorded + 1;
    const look = { number, at: sources.now, cause, memory, report };
    return (manager) => this.looks.append(experiment.id, look, manager);
  }

  /** The last look that was recorded; null before the first. */
  async last({ id }: Experiment): Promise<Look | null> {
    return this.looks.last(id);
  }

  /** The last look up to an instant, with its experiment. Throws EXPERIMENT_NOT_FOUND and LOOK_NOT_FOUND. */
  async asOf(key: string, instant: Date): Promise<{ experiment: Experiment; look: Look }> {
    const experiment = await this.experiments.find(key);
    const look = await this.looks.lastUpTo(experiment.id, instant);
    if (look) return { experiment, look };
    throw new AssayError(
      'LOOK_NOT_FOUND',
      `No look at "${key}" was recorded up to ${instant.toISOString()}. ` +
        (experiment.source === 'imported'
          ? 'Imported data are complete and are not looked at again; leave asOf out.'
          : 'Looks are recorded at planned times from the start on; GET …/results/series lists them.'),
    );
  }

  /** The recorded looks after the given number as points for plotting, oldest first. */
  async series(key: string, page: { cursor: number; limit: number }): Promise<Series> {
    const experiment = await this.experiments.find(key);
    const looks = await this.looks.list(experiment.id, page.cursor, page.limit + 1);
    const shown = looks.slice(0, page.limit);
    return {
      experiment: key,
      looks: shown.map(seriesPoint),
      cursor: looks.length > shown.length ? (shown.at(-1)?.number ?? null) : null,
    };
  }
}
