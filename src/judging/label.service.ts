import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { RegistryService } from '../experiments/registry.service.js';
import type { Judge } from '../experiments/judge.js';
import { InteractionOutcomes } from '../metrics/interaction-outcomes.service.js';
import { retentionPassed } from '../metrics/retention-passed.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import type { Label, LabelTask } from './label.js';
import { LabelStore } from './label.store.js';

/** What a person needs to label answers of an experiment. */
export interface LabelQueueView {
  readonly experiment: string;
  /** Metric that holds the labels. */
  readonly metric: string;
  readonly rubric: string;
  readonly scale: Judge['scale'];
  readonly labels: readonly LabelTask[];
}

/** Hands out scored answers to people, blind, and takes their labels in. */
@Injectable()
export class LabelService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly registry: RegistryService,
    private readonly catalogue: CatalogueService,
    private readonly labels: LabelStore,
    private readonly outcomes: InteractionOutcomes,
    private readonly clock: Clock,
  ) {}

  /** The next answers to label. Throws EXPERIMENT_NOT_FOUND, and INVALID_REQUEST where labels would correct nothing. */
  async queue(key: string, count: number): Promise<LabelQueueView> {
    const experiment = await this.experiments.find(key);
    const { judge, metric } = this.labelled(experiment);
    const labels = await this.labels.next(experiment.id, experiment.salt, count);
    return { experiment: key, metric, rubric: judge.rubric, scale: judge.scale, labels };
  }

  /**
   * Takes a label in, as an outcome of the answer's interaction; of several by one person the latest counts.
   * Throws NOT_FOUND, INVALID_REQUEST for a value out of bounds, RETENTION_PASSED.
   */
  async label(label: Label): Promise<void> {
    const judgement = await this.labels.judgement(label.generation);
    const experiment = judgement && this.registry.byId(judgement.experimentId)?.experiment;
    if (!judgement || !experiment) {
      throw new AssayError(
        'NOT_FOUND',
        `There is no scored answer "${label.generation}"; GET /v1/labels?experiment=… lists those to label.`,
      );
    }
    const { metric } = this.labelled(experiment);
    const outcome = { ...judgement, experiment, id: `label:${label.generation}:${label.by}`, replaces: true };
    const receipt = await this.outcomes
      .record({ ...outcome, metrics: { [metric]: label.value } })
      .catch((error: unknown) => {
        throw faultOfValue(error);
      });
    if (typeof receipt === 'object') throw retentionPassed(receipt, `the label of "${label.generation}"`);
    await this.labels.save(experiment.id, label, this.clock.now());
  }

  private labelled({ key, judge }: Experiment): { judge: Judge; metric: string } {
    if (!judge) {
      throw new AssayError(
        'INVALID_REQUEST',
        `"${key}" has no judge, so there is nothing to correct by labels.`,
      );
    }
    const metric = this.catalogue.get(judge.metric)?.metric.labels ?? null;
    if (metric === null) {
      throw new AssayError(
        'INVALID_REQUEST',
        `The judge of "${key}" fills "${judge.metric}", which names no "labels"; judge by a metric that does (POST /v1/metrics).`,
      );
    }
    return { judge, metric };
  }
}

/** A label is sent as `value`, whatever the metric that it becomes. */
function faultOfValue(error: unknown): unknown {
  if (!(error instanceof AssayError) || error.faults.length === 0) return error;
  const faults = error.faults.map(({ message }) => ({ pointer: '/value', message }));
  return new AssayError(error.code, error.message, faults);
}
