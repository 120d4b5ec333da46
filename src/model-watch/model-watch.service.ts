import { Injectable, Logger } from '@nestjs/common';
import type { Experiment } from '../experiments/experiment.js';
import { staleVersion } from '../experiments/experiments.service.js';
import { RegistryService } from '../experiments/registry.service.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { AssayError } from '../operations/assay-error.js';
import { modelChange } from './model-change.js';
import { watchStep, type Answered, type WatchedModel, type WatchStep } from './model-watch.js';
import { WatchedModelStore } from './watched-model.store.js';

/** A look at one model's name, with what was known before it. */
interface Look extends WatchStep {
  readonly before: WatchedModel | null;
}

/**
 * Notices that another model answers to a name than did before, and opens a weight epoch there: units that came before and
 * after met different things.
 *
 * - Each change is noted once, however many processes look: who is known to answer is in the database, and changes with the epoch.
 * - Only in the test of running experiments; a rollout has stages of its own.
 */
@Injectable()
export class ModelWatch {
  private readonly logger = new Logger(ModelWatch.name);

  constructor(
    private readonly registry: RegistryService,
    private readonly store: WatchedModelStore,
    private readonly changes: ChangeService,
  ) {}

  /** Looks at all experiments; returns how many changes were noted. */
  async lookAtAll(): Promise<number> {
    const running = this.registry
      .list()
      .map(({ experiment }) => experiment)
      .filter(({ status, phase }) => status === 'running' && phase === 0);
    if (running.length === 0) return 0;
    const answered = await this.store.answered(
      running.map(({ id, variants }) => ({ id, variants: variants.map(({ key }) => key) })),
    );
    const known = await this.store.list(running.map(({ id }) => id));
    let noted = 0;
    for (const experiment of running) {
      const looks = looksAt(known.get(experiment.id) ?? [], answered.get(experiment.id) ?? []);
      if (await this.note(experiment, looks)) noted += 1;
    }
    return noted;
  }

  private async note(experiment: Experiment, looks: readonly Look[]): Promise<boolean> {
    const models = looks.flatMap(({ change }) => change ?? []);
    try {
      if (models.length === 0) {
        for (const { before, watched } of looks)
          if (watched) await this.store.save(experiment.id, before, watched);
        return false;
      }
      await this.changes.commit(modelChange(experiment, models), async (manager) => {
        for (const { before, watched } of looks) {
          if (watched && !(await this.store.save(experiment.id, before, watched, manager)))
            throw staleVersion(experiment);
        }
      });
      return true;
    } catch (error) {
      // Somebody else was first; the next look sees what they left.
      if (error instanceof AssayError && error.code === 'VERSION_CONFLICT') return false;
      this.logger.warn(
        `Who answers for ${experiment.key} could not be noted; the next look tries again`,
        error,
      );
      return false;
    }
  }
}

function looksAt(known: readonly WatchedModel[], answered: readonly Answered[]): Look[] {
  return [...new Set(answered.map(({ requestedModel }) => requestedModel))].flatMap((name) => {
    const before = known.find(({ requestedModel }) => requestedModel === name) ?? null;
    const step = watchStep(
      before,
      answered.filter(({ requestedModel }) => requestedModel === name),
    );
    return step.watched ? [{ before, ...step }] : [];
  });
}
