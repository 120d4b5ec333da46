import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { ExperimentPatchRequest } from '../experiments/experiment.schema.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { byChain } from '../experiments/leaves.js';
import { rewardIndicators } from '../experiments/reward-metrics.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { faultSummary } from '../operations/problem/fault-summary.js';
import {
  allocationChange,
  allocationFaults,
  requestedAllocation,
  type AllocationRequest,
} from './set-allocation.js';

/** Sets who decides the weights: a person, once, or the bandit from now on. */
@Injectable()
export class AllocationService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly weightEpochs: WeightEpochStore,
    private readonly catalogue: CatalogueService,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** Throws INVALID_REQUEST with every fault, or ILLEGAL_TRANSITION where weights no longer matter. */
  async set(seen: Experiment, request: AllocationRequest, actor: Actor): Promise<RegistryEntry> {
    if (!['draft', 'running', 'paused'].includes(seen.status)) {
      throw new AssayError(
        'ILLEGAL_TRANSITION',
        `Experiment "${seen.key}" is ${seen.status}; weights are set on a draft, or while it is running or paused.`,
      );
    }
    const faults = allocationFaults(seen, request, (key) => this.catalogue.get(key)?.metric);
    if (faults.length > 0) {
      throw new AssayError(
        'INVALID_REQUEST',
        `"${seen.key}" cannot be allocated so: ${faultSummary(faults)}.`,
        faults,
      );
    }
    await this.catalogue.ensureIndicators(rewardIndicators(requestedAllocation(request)));
    if (seen.status === 'draft') return this.setDraft(seen, request);
    const { epochs, leafEpochs = [] } = byChain(await this.weightEpochs.listAll(seen.id));
    const present = { weights: epochs.at(-1)?.weights ?? {}, leafEpochs };
    return this.changes.commit(allocationChange(seen, request, present, actor, this.clock.now()));
  }

  private setDraft(seen: Experiment, request: AllocationRequest): Promise<RegistryEntry> {
    const weights = request.mode === 'fixed' ? request.weights : undefined;
    const variants =
      weights && seen.variants.map((variant) => ({ ...variant, weight: weights[variant.key] ?? 0 }));
    return this.experiments.editDraft(seen, {
      allocation: requestedAllocation(request) as ExperimentPatchRequest['allocation'],
      ...(variants ? { variants } : {}),
    });
  }
}
