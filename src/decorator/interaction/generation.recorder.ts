import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GenerationLog } from '../../generations/generation-log.service.js';
import { generationMetrics, type GenerationEvent } from '../../llm/generation-metrics.js';
import { GenerationObserver } from '../../llm/generation-observer.js';
import { LlmService } from '../../llm/llm.service.js';
import { RetryService } from '../../signals/retry.service.js';
import { currentRequest } from '../request/request-scope.js';

/**
 * Records every generation of a decorated request as part of its outcome, without a line in the controller.
 * A generation from the configuration of one of the request's experiments is that one's; any other is all of theirs.
 */
@Injectable()
export class GenerationRecorder extends GenerationObserver implements OnModuleInit, OnModuleDestroy {
  private unsubscribe: (() => void)[] = [];

  constructor(
    private readonly modules: ModuleRef,
    private readonly log: GenerationLog,
    private readonly retries: RetryService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.unsubscribe = this.languageModels().map((llm) => llm.addObserver(this));
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
  }

  override observe(event: GenerationEvent): void {
    const interactions = [...(currentRequest()?.interactions.values() ?? [])];
    const own = interactions.filter(({ served }) => served.config === event.config);
    const measured = {
      startedAt: event.generation.timings.startedAt,
      isFinished: event.outcome === 'finished',
      metrics: generationMetrics(event),
    };
    for (const interaction of own.length > 0 ? own : interactions) {
      interaction.measureGeneration(measured);
      if (!interaction.subject) continue;
      this.log.record(interaction.subject, event);
      this.retries.observe(interaction.subject, event);
    }
  }

  /** Every one of the application, wherever it is provided; there may be none. */
  private languageModels(): LlmService[] {
    try {
      return this.modules.get(LlmService, { strict: false, each: true });
    } catch {
      return [];
    }
  }
}
