import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ConfigCheck, ConfigChecks } from '../experiments/config-checks.service.js';
import type { VariantConfig } from '../experiments/experiment.js';
import { AssayError, type Fault } from '../operations/assay-error.js';
import { LlmService } from './llm.service.js';

/** Has the configs of experiments checked by the language models before they start. */
@Injectable()
export class LlmConfigCheck extends ConfigCheck implements OnModuleInit {
  constructor(
    private readonly llm: LlmService,
    private readonly modules: ModuleRef,
  ) {
    super();
  }

  onModuleInit(): void {
    this.checks()?.add(this);
  }

  /** Configs that name neither a model nor a system prompt are not meant for a language model. */
  override faults(config: VariantConfig): readonly Fault[] {
    if (!('model' in config) && !('systemPrompt' in config)) return [];
    try {
      this.llm.check(config);
      return [];
    } catch (error) {
      if (error instanceof AssayError) return error.faults;
      throw error;
    }
  }

  /** None where the language models are used without experiments. */
  private checks(): ConfigChecks | null {
    try {
      return this.modules.get(ConfigChecks, { strict: false });
    } catch {
      return null;
    }
  }
}
