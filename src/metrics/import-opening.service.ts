import { Injectable } from '@nestjs/common';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { RegistryService } from '../experiments/registry.service.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';

/** Prepares an experiment for its first import: one weight epoch, with the weights it was created with. */
@Injectable()
export class ImportOpening {
  constructor(
    private readonly registry: RegistryService,
    private readonly experiments: ExperimentsService,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** Throws ILLEGAL_TRANSITION for an experiment that assigns units itself. */
  async open(seen: Experiment): Promise<Experiment> {
    if (seen.source !== 'imported' || seen.status !== 'imported') {
      throw new AssayError(
        'ILLEGAL_TRANSITION',
        `Experiment "${seen.key}" is ${seen.status}; only one created with "source": "imported" takes imports.`,
      );
    }
    const entry = await this.registry.refresh(seen.key);
    if (entry && entry.epochs.length > 0) return entry.experiment;
    try {
      return (await this.firstEpoch(seen)).experiment;
    } catch (error) {
      // Another import was first; its epoch serves this one as well.
      if (error instanceof AssayError && error.code === 'VERSION_CONFLICT')
        return this.experiments.find(seen.key);
      throw error;
    }
  }

  private firstEpoch(seen: Experiment) {
    return this.changes.commit({
      seen,
      patch: { startedAt: this.clock.now() },
      decision: { actor: 'code', action: 'import', reason: 'the first lines arrived', evidence: {} },
      epoch: {
        cause: 'import',
        evidence: {},
        weights: Object.fromEntries(seen.variants.map(({ key, weight }) => [key, weight])),
        coverage: seen.coverage,
        phase: 0,
      },
    });
  }
}
