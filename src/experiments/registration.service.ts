import { Inject, Injectable, Logger } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { readDeclared } from '../catalogue/read-declared.js';
import { AssayError } from '../operations/assay-error.js';
import { fingerprint } from './canonical-json.js';
import { CreateExperiment, type ExperimentDefinition, type ExperimentRequest } from './experiment.schema.js';
import { ExperimentStore } from './experiment.store.js';
import { ExperimentsService } from './experiments.service.js';
import { withPromptFiles } from './prompt-files.client.js';
import { RegistryService } from './registry.service.js';

/** Injection token of the definitions that the application registers in code. */
export const DECLARED_EXPERIMENTS = Symbol('DECLARED_EXPERIMENTS');

/** Injection token of the directory that prompts in files are read from. */
export const PROMPT_DIRECTORY = Symbol('PROMPT_DIRECTORY');

/**
 * Brings the experiments that are written in code into the database.
 *
 * - A missing one becomes a draft; an edited draft is replaced; both only once, however many replicas boot.
 * - A started one whose code differs is reported and left alone: its units have been promised a definition.
 */
@Injectable()
export class RegistrationService {
  private readonly logger = new Logger(RegistrationService.name);

  constructor(
    @Inject(DECLARED_EXPERIMENTS) private readonly declared: readonly ExperimentDefinition[],
    @Inject(PROMPT_DIRECTORY) private readonly prompts: string,
    private readonly experiments: ExperimentsService,
    private readonly store: ExperimentStore,
    private readonly catalogue: CatalogueService,
    private readonly registry: RegistryService,
  ) {}

  /** Returns the keys declared. */
  async register(): Promise<string[]> {
    const read = await Promise.all(this.declared.map((definition) => this.read(definition)));
    await Promise.all([this.catalogue.whenLoaded(), this.registry.whenLoaded()]);
    for (const { request, declaration } of read) {
      await this.registerOne(request, declaration);
      // Another replica may have registered it after memory was filled.
      await this.registry.refresh(request.key);
    }
    return read.map(({ request }) => request.key);
  }

  /** The definition as a request; with prompts in files it is known again by their text. */
  private async read(definition: ExperimentDefinition) {
    readDeclared(CreateExperiment, 'experiment', definition);
    const complete = await withPromptFiles(definition, this.prompts);
    const request = readDeclared(CreateExperiment, 'experiment', complete);
    // Of the definition as it was written: a field that a later version of Assay adds, with its default, changes nothing.
    return { request, declaration: fingerprint(complete) };
  }

  private async registerOne(request: ExperimentRequest, declaration: string): Promise<void> {
    const present = await this.store.findByKey(request.key);
    if (!present) return this.create(request, declaration);
    if (present.declaration === declaration) return;
    if (present.status !== 'draft') {
      this.logger.warn(
        `Experiment "${request.key}" is ${present.status} and its definition in code differs; the code is ignored. Clone it under a new key to change it.`,
      );
      return;
    }
    const { key: _key, source: _source, demonstration: _demonstration, ...fields } = request;
    await this.tolerateRace(() => this.experiments.editDraft(present, fields, declaration));
  }

  private create(request: ExperimentRequest, declaration: string): Promise<void> {
    return this.tolerateRace(async () => {
      const entry = await this.experiments.create(request, 'code', declaration);
      for (const warning of this.experiments.warnings(entry.experiment)) {
        this.logger.warn(`Experiment "${request.key}": ${warning.message} (${warning.code})`);
      }
    });
  }

  /** Another replica may have been first; its work is as good as ours. */
  private async tolerateRace(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const raced =
        error instanceof AssayError && ['EXPERIMENT_EXISTS', 'VERSION_CONFLICT'].includes(error.code);
      if (!raced) throw error;
    }
  }
}
