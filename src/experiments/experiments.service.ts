import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { Transactions } from '../database/transactions.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { faultSummary } from '../operations/problem/fault-summary.js';
import { ConfigChecks } from './config-checks.service.js';
import { DecisionStore } from './decision.store.js';
import type { Actor, DecisionPage, RecordedDecision } from './decision.js';
import { draftFaults, type Definition } from './draft-faults.js';
import { draftWarnings, type DraftWarning } from './draft-warnings.js';
import { experimentFromRequest, patchedDraft } from './experiment.mapper.js';
import {
  experimentKey,
  type ExperimentPatchRequest,
  type ExperimentRequest,
  type HistoryQuery,
} from './experiment.schema.js';
import { ExperimentStore } from './experiment.store.js';
import type { Experiment, NewExperiment } from './experiment.js';
import { indicatorNames } from './reward-metrics.js';
import type { RegistryEntry } from './registry-entry.js';
import { RegistryService } from './registry.service.js';
import { Salts } from './salts.service.js';
import { sharedParameterWarnings } from './shared-parameters.js';

/** Creates, reads, edits and deletes definitions. What happens to a started experiment is lifecycle's. */
@Injectable()
export class ExperimentsService {
  constructor(
    private readonly experiments: ExperimentStore,
    private readonly decisions: DecisionStore,
    private readonly registry: RegistryService,
    private readonly catalogue: CatalogueService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly configs: ConfigChecks,
    private readonly salts: Salts,
  ) {}

  /** The experiment of that key, read afresh. Throws EXPERIMENT_NOT_FOUND. */
  async find(key: string): Promise<Experiment> {
    // What cannot be a key is not asked of the database, which refuses some characters outright.
    const experiment = experimentKey.safeParse(key).success ? await this.experiments.findByKey(key) : null;
    if (!experiment) {
      throw new AssayError(
        'EXPERIMENT_NOT_FOUND',
        `There is no experiment "${key}"; GET /v1/experiments lists them.`,
      );
    }
    return experiment;
  }

  /** Everything done to the experiment, newest first. */
  decisionsOf({ id }: Experiment): Promise<RecordedDecision[]> {
    return this.decisions.list(id);
  }

  /** A page of that. */
  decisionPage({ id }: Experiment, { cursor, limit }: HistoryQuery): Promise<DecisionPage> {
    return this.decisions.page(id, cursor ?? null, limit);
  }

  /** Stores a draft. Throws EXPERIMENT_EXISTS, or INVALID_REQUEST with every fault. */
  async create(
    request: ExperimentRequest,
    actor: Actor,
    declaration: string | null = null,
  ): Promise<RegistryEntry> {
    const now = this.clock.now();
    const draft = { ...experimentFromRequest(request, this.salts.draw(), now), declaration };
    await this.assertSound(draft);
    return this.insert(draft, actor, 'create');
  }

  /** A new draft with the same definition and a new salt, so that its units are drawn afresh. */
  async clone(
    source: Experiment,
    name: string | undefined,
    actor: Actor,
    evidence: RecordedDecision['evidence'] = {},
  ): Promise<RegistryEntry> {
    const now = this.clock.now();
    const key = name ?? `${source.key.slice(0, 55)}-${now.getTime().toString(36)}`;
    const { id: _id, kills: _kills, ...definition } = source;
    const draft: NewExperiment = {
      ...definition,
      key,
      name: source.name === source.key ? key : source.name,
      status: source.source === 'imported' ? 'imported' : 'draft',
      version: 1,
      salt: this.salts.draw(),
      layer: source.layer && { ...source.layer, slots: null, salt: null },
      programmeHoldback: null,
      rampState: null,
      admission: 'open',
      phase: 0,
      rollout: null,
      decidedVariant: null,
      declaration: null,
      planHash: null,
      startsAt: null,
      startedAt: null,
      endsAt: null,
      createdAt: now,
      updatedAt: now,
    };
    return this.insert(draft, actor, `clone of ${source.key}`, evidence);
  }

  /** Edits a draft. The caller has checked that it is one. */
  async editDraft(
    seen: Experiment,
    patch: ExperimentPatchRequest,
    declaration = seen.declaration,
  ): Promise<RegistryEntry> {
    const edited = { ...patchedDraft(seen, patch), declaration };
    await this.assertSound(edited);
    const {
      id: _id,
      key: _key,
      version: _version,
      kills: _kills,
      createdAt: _createdAt,
      source: _source,
      ...fields
    } = edited;
    const edit = await this.transactions.run(async (manager, announce) => {
      if (!(await this.experiments.update(seen, fields, this.clock.now(), manager))) throw staleVersion(seen);
      announce({ topic: 'experiment', key: seen.key, version: seen.version + 1 });
      return this.registry.written(seen.key, manager);
    });
    this.registry.adopt(edit);
    return edit;
  }

  async delete(seen: Experiment): Promise<void> {
    if (seen.status !== 'draft') {
      throw new AssayError(
        'EXPERIMENT_LOCKED',
        `Experiment "${seen.key}" is ${seen.status}; only drafts can be deleted. Conclude and archive it instead.`,
      );
    }
    await this.transactions.run(async (manager, announce) => {
      await this.experiments.delete(seen.id, manager);
      announce({ topic: 'experiment', key: seen.key, version: seen.version + 1 });
    });
    await this.registry.refresh(seen.key);
  }

  warnings(experiment: Definition): DraftWarning[] {
    const others = this.registry.list().map((entry) => entry.experiment);
    const uses = this.registry.allUses();
    return [
      ...draftWarnings(experiment, (key) => this.catalogue.get(key)?.metric),
      ...this.configs.warnings(experiment),
      ...sharedParameterWarnings(experiment, others, (key) => uses.get(key) ?? []),
    ];
  }

  /** Throws INVALID_REQUEST naming every fault of the definition. */
  async assertSound(experiment: Definition): Promise<void> {
    if (!this.catalogue.isLoaded) {
      throw new AssayError(
        'DATABASE_UNAVAILABLE',
        'The database has not been there yet, so no metric is known. Send this again in a second.',
      );
    }
    const faults = draftFaults(experiment, (key) => this.catalogue.get(key)?.metric);
    if (faults.length > 0) {
      throw new AssayError(
        'INVALID_REQUEST',
        `The experiment "${experiment.key}" cannot be: ${faultSummary(faults)}.`,
        faults,
      );
    }
    await this.catalogue.ensureIndicators(indicatorNames(experiment));
  }

  private async insert(
    draft: NewExperiment,
    actor: Actor,
    action: string,
    evidence: RecordedDecision['evidence'] = {},
  ): Promise<RegistryEntry> {
    const inserted = await this.transactions.run(async (manager, announce) => {
      const id = await this.experiments.insert(draft, manager);
      if (id === null) {
        throw new AssayError(
          'EXPERIMENT_EXISTS',
          `Experiment "${draft.key}" exists already; choose another key.`,
        );
      }
      await this.decisions.append(id, { actor, action, reason: '', evidence }, this.clock.now(), manager);
      announce({ topic: 'experiment', key: draft.key, version: 1 });
      return this.registry.written(draft.key, manager);
    });
    this.registry.adopt(inserted);
    return inserted;
  }

  /** The experiment with its epochs, read afresh. Throws EXPERIMENT_NOT_FOUND. */
  async fresh(key: string): Promise<RegistryEntry> {
    const entry = await this.registry.refresh(key);
    if (!entry) throw new AssayError('EXPERIMENT_NOT_FOUND', `Experiment "${key}" was deleted meanwhile.`);
    return entry;
  }
}

/** The refusal of a write that was based on an older state. */
export function staleVersion(seen: Experiment): AssayError {
  return new AssayError(
    'VERSION_CONFLICT',
    `Experiment "${seen.key}" is no longer at version ${seen.version}; read it again and repeat the change.`,
  );
}
