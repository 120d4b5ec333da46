import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Actor } from '../experiments/decision.js';
import type { ExperimentPatchRequest } from '../experiments/experiment.schema.js';
import type { Experiment } from '../experiments/experiment.js';
import { boundFaults, marginFaults } from '../experiments/metric-faults.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { comparesWithControl } from '../experiments/guarded-rule.js';
import { guardedMetric } from '../experiments/guardrail.js';
import { byChain } from '../experiments/leaves.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { faultSummary } from '../operations/problem/fault-summary.js';
import type { Change } from './change.js';
import { ChangeService } from './change.service.js';
import { editedRamp } from './edited-ramp.js';
import { editableFields, loosened, startedEditFaults } from './started-edit.js';

/** Edits experiments: a draft freely, a started one only where no unit and no statistic is harmed. */
@Injectable()
export class EditService {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly catalogue: CatalogueService,
    private readonly changes: ChangeService,
    private readonly weightEpochs: WeightEpochStore,
    private readonly clock: Clock,
  ) {}

  async edit(seen: Experiment, patch: ExperimentPatchRequest, actor: Actor): Promise<RegistryEntry> {
    if (seen.status === 'draft') return this.experiments.editDraft(seen, patch);
    this.assertEditable(seen, patch, await this.hadLeaves(seen, patch));
    await this.catalogue.ensureIndicators((patch.guardrails ?? []).map(guardedMetric));
    return this.changes.commit(this.change(seen, patch, actor));
  }

  private async hadLeaves({ id }: Experiment, { guardrails }: ExperimentPatchRequest): Promise<boolean> {
    if (!guardrails?.some(comparesWithControl)) return false;
    return byChain(await this.weightEpochs.listAll(id)).leafEpochs !== undefined;
  }

  private assertEditable(seen: Experiment, patch: ExperimentPatchRequest, hadLeaves: boolean): void {
    const locked = Object.keys(patch).filter(
      (field) => !(editableFields as readonly string[]).includes(field),
    );
    if (locked.length > 0 || seen.status === 'archived' || seen.status === 'imported') {
      throw new AssayError(
        'EXPERIMENT_LOCKED',
        `Experiment "${seen.key}" is ${seen.status}, so ${locked.join(', ') || 'it'} can no longer change. ` +
          `POST /v1/experiments/${seen.key}/clone makes a draft of it that can.`,
      );
    }
    const faults = [
      ...startedEditFaults(seen, patch, this.clock.now(), hadLeaves),
      ...marginFaults(patch.guardrails ?? [], (key) => this.catalogue.get(key)?.metric),
      ...boundFaults(patch.guardrails ?? [], (key) => this.catalogue.get(key)?.metric),
    ];
    for (const [index, { metric }] of (patch.guardrails ?? []).entries()) {
      if (this.catalogue.get(metric)) continue;
      faults.push({
        pointer: `/guardrails/${index}/metric`,
        message: `metric "${metric}" is not in the catalogue`,
      });
    }
    if (faults.length === 0) return;
    const detail = `"${seen.key}" cannot be changed so: ${faultSummary(faults)}.`;
    throw new AssayError('INVALID_REQUEST', detail, faults);
  }

  private change(seen: Experiment, patch: ExperimentPatchRequest, actor: Actor): Change {
    const { reason, coverage, ...fields } = patch;
    const raised = coverage !== undefined && coverage > seen.coverage && seen.startedAt !== null;
    const move = { ...(patch.ramp ? { ramp: patch.ramp } : {}), ...(raised ? { coverage } : {}) };
    const ramp = editedRamp(seen, move, this.clock.now());
    const weakened = patch.guardrails ? loosened(seen.guardrails, patch.guardrails) : [];
    return {
      seen,
      patch: {
        ...fields,
        ...(coverage !== undefined && !raised ? { coverage } : {}),
        ...ramp.patch,
      } as Change['patch'],
      decision: {
        actor,
        action: weakened.length > 0 ? 'loosen guardrails' : 'edit',
        reason: reason ?? '',
        evidence: {
          ...patch,
          ...(weakened.length > 0 ? { loosened: weakened, before: seen.guardrails } : {}),
        },
      },
      ...(raised
        ? { epoch: { cause: 'coverage', evidence: { reason: reason ?? '' }, coverage } as const }
        : {}),
      due: [...(patch.endsAt ? [{ kind: 'end', at: patch.endsAt } as const] : []), ...ramp.due],
    };
  }
}
