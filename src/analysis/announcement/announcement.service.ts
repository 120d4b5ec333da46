import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DecisionStore } from '../../experiments/decision.store.js';
import type { Decision } from '../../experiments/decision.js';
import type { Experiment, Status } from '../../experiments/experiment.js';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import { DecisionWitnesses } from '../../lifecycle/decision-witness.service.js';
import { Clock } from '../../operations/clock.js';
import { AnalysisService } from '../analysis.service.js';
import { LookStore } from '../looks/look.store.js';
import { announcementDocument } from './announcement-document.js';
import { announcementOf, isAnnounced } from './announcement.js';
import { AnnouncementStore } from './announcement.store.js';

/** Looks that are read to find out since when an effect is sure; a year has no more. */
const readLooks = 400;

/** States in which nothing is decided, or no longer, since a rollout was taken back. */
const undecided: ReadonlySet<Status> = new Set(['draft', 'scheduled', 'running', 'paused', 'imported']);

/** Announces experiments: a draft until something is decided, then as it was known at that moment. */
@Injectable()
export class AnnouncementService implements OnModuleInit {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly analysis: AnalysisService,
    private readonly decisions: DecisionStore,
    private readonly looks: LookStore,
    private readonly store: AnnouncementStore,
    private readonly witnesses: DecisionWitnesses,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.witnesses.add(async (experiment, decision) => {
      if (!isAnnounced(experiment, decision)) return undefined;
      const text = await this.write(experiment, decision);
      return (manager) => this.store.save(experiment.id, text, this.clock.now(), manager);
    });
  }

  /** The announcement as a Markdown document. Throws EXPERIMENT_NOT_FOUND. */
  async document(key: string): Promise<string> {
    const experiment = await this.experiments.find(key);
    const frozen = undecided.has(experiment.status) ? null : await this.store.find(experiment.id);
    return frozen ?? this.write(experiment, null);
  }

  private async write(experiment: Experiment, decision: Decision | null): Promise<string> {
    const report = await this.analysis.reportOf(experiment);
    const looks = await this.looks.list(experiment.id, 0, readLooks);
    const past = await this.decisions.list(experiment.id);
    return announcementDocument(announcementOf(experiment, report, decision, looks, past));
  }
}
