import { Injectable } from '@nestjs/common';
import { DryRuns } from '../../database/dry-run/dry-runs.service.js';
import { experimentView } from '../experiment-view.mapper.js';
import { RegistryService } from '../registry.service.js';
import { changedFacts, type ChangedFact, type Facts } from './changed-facts.js';

/** What a write would have answered, and what it would have changed. */
export interface TriedOut {
  readonly dryRun: true;
  readonly wouldChange: readonly ChangedFact[];
}

/** Tries out a write to one experiment. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly dryRuns: DryRuns,
    private readonly registry: RegistryService,
  ) {}

  /** The answer of the write, with what it would change of the experiment of that key; throws what the write throws. */
  tryOut(key: string | undefined, write: () => Promise<object | undefined>): Promise<TriedOut> {
    return this.dryRuns.run(async () => {
      const before = await this.factsOf(key);
      const answer = await write();
      const after = await this.factsOf(key);
      return { ...answer, dryRun: true, wouldChange: changedFacts(before, after) };
    });
  }

  private async factsOf(key: string | undefined): Promise<Facts | null> {
    const entry = key === undefined ? undefined : await this.registry.refresh(key);
    if (!entry) return null;
    const { experiment, epochs } = entry;
    const total = experiment.variants.reduce((sum, { weight }) => sum + weight, 0);
    const planned = experiment.variants.map(({ key: variant, weight }) => [variant, weight / (total || 1)]);
    const weights: unknown = epochs.at(-1)?.weights ?? Object.fromEntries(planned);
    const { leaves, ...view } = experimentView(entry);
    const leafWeights = Object.fromEntries(leaves.map((leaf) => [leaf.segment, leaf.weights]));
    return { ...view, weights, leafWeights };
  }
}
