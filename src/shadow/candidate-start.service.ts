import { Injectable } from '@nestjs/common';
import { defaultPromptVersion } from '../experiments/config-hash.js';
import { ConfigChecks } from '../experiments/config-checks.service.js';
import type { Actor } from '../experiments/decision.js';
import { variantOf, type Experiment, type Variant } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { LifecycleService } from '../lifecycle/lifecycle.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import type { ShadowRun } from './shadow-run.js';
import type { StartCandidateBody } from './shadow.schema.js';
import { ShadowStore } from './shadow.store.js';

/** Makes an experiment of a candidate that was tried: against the control whose prompts it was tried on. */
@Injectable()
export class CandidateStart {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly lifecycle: LifecycleService,
    private readonly configs: ConfigChecks,
    private readonly runs: ShadowStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the experiment, with everything else as it is in the one that the candidate was tried for, and starts it unless told
   * otherwise; where it cannot start, nothing is left behind. Throws NOT_FOUND, INVALID_REQUEST, CONFLICT while the run has no
   * answers, EXPERIMENT_EXISTS and what a start throws.
   */
  async start(source: Experiment, body: StartCandidateBody, actor: Actor): Promise<RegistryEntry> {
    const run = await this.runOf(source, body.run);
    const definition = definitionOf(source, candidateVariant(run, source, body.variant));
    await this.refuseUntried(source, run);
    await this.experiments.assertSound(definition);
    this.configs.refuseUnusable(definition);
    const draft = await this.experiments.clone(definition, body.key, actor, { shadowRun: run.id });
    const entry = body.start ? await this.begin(draft, actor) : draft;
    if (run.status === 'running') await this.runs.end(run.id, 'started', this.clock.now());
    return entry;
  }

  private async begin({ experiment }: RegistryEntry, actor: Actor): Promise<RegistryEntry> {
    try {
      return await this.lifecycle.start(experiment, actor);
    } catch (error) {
      await this.experiments.delete(experiment);
      throw error;
    }
  }

  private async refuseUntried({ key }: Experiment, { id, status }: ShadowRun): Promise<void> {
    if ((await this.runs.spend(id)).answers > 0) return;
    const remedy =
      status === 'running'
        ? `wait until GET /v1/experiments/${key}/shadow shows some`
        : 'name another run, or start one';
    throw new AssayError(
      'CONFLICT',
      `The candidate of run "${id}" has answered nothing yet, so nothing is known of it: ${remedy}; to start without, POST /v1/experiments/${key}/clone.`,
    );
  }

  private async runOf({ id, key }: Experiment, run: string | undefined): Promise<ShadowRun> {
    const runs = await this.runs.list(id);
    const found = run === undefined ? runs[0] : runs.find((each) => each.id === run);
    if (found) return found;
    const which = run === undefined ? 'No candidate' : `No run "${run}"`;
    throw new AssayError(
      'NOT_FOUND',
      `${which} was tried on "${key}" of late; GET /v1/experiments/${key}/shadow lists the last twenty.`,
    );
  }
}

function candidateVariant({ config }: ShadowRun, { control }: Experiment, key: string): Variant {
  if (key === control) {
    const message = `is the control's; name the candidate otherwise`;
    throw new AssayError('INVALID_REQUEST', `The variant "${key}" ${message}.`, [
      { pointer: '/variant', message },
    ]);
  }
  return { key, name: key, weight: 1, promptVersion: defaultPromptVersion(config), config };
}

/** The definition without what belongs to the other variants, or to the units of the source. */
function definitionOf(source: Experiment, candidate: Variant): Experiment {
  const control = { ...variantOf(source, source.control), weight: 1 };
  return { ...source, variants: [control, candidate], forced: {} };
}
