import { UseGuards, UseInterceptors } from '@nestjs/common';
import { freezeConfig } from '../bucketing/freeze-config.js';
import {
  copyMetadata,
  experimentUsesOf,
  noteExperimentUse,
} from './declaration/experiment-metadata.accessor.js';
import { ExperimentInterceptor } from './experiment.interceptor.js';
import type { ExperimentOptions, ExperimentUse, HttpRequest } from './declaration/experiment-use.js';
import { LookupGuard } from './lookup.guard.js';
import { currentRequest } from './request/request-scope.js';

type Handler = (this: unknown, ...values: unknown[]) => unknown;

/**
 * Puts a controller method under an experiment: every request is given its unit's variant, and what became of it is recorded.
 *
 * - Reaching the method is the exposure: a 4xx of a guard or a pipe exposes nobody; errors and aborts later stay exposed.
 * - One outcome per request: `error`, `abandoned` and `latency_ms`, with what `LlmService` and `ExperimentContext.record` add.
 * - Whatever fails in Assay serves the fallback; the request itself never fails for it.
 * - Several on one method are several experiments, each with its own outcome; `@Variant('key')` then says which.
 *
 * @example
 * class SummarizeController {
 *   @Post('summarize')
 *   @Experiment('exp_summarize_v2')
 *   summarize(@Body() body: { text: string }, @Variant() variant: AssignedVariant) {
 *     return this.llm.generate(variant.config, body.text);
 *   }
 * }
 */
export function Experiment<Request = HttpRequest>(
  key: string,
  options: ExperimentOptions<Request> = {},
): MethodDecorator {
  const { fallback, ...rest } = options;
  const use = { key, ...rest, ...(fallback && { fallback: freezeConfig(fallback) }) } as ExperimentUse;
  return (prototype, method, descriptor) => {
    const handler = descriptor.value as Handler;
    const isFirst = experimentUsesOf(handler).length === 0;
    const announced = announcing(use, handler);
    copyMetadata(handler, announced);
    noteExperimentUse(announced, use);
    descriptor.value = announced as typeof descriptor.value;
    if (!isFirst) return;
    UseGuards(LookupGuard)(prototype, method, descriptor);
    UseInterceptors(ExperimentInterceptor)(prototype, method, descriptor);
  };
}

/** The handler, telling the request that it was reached. Nest offers no hook between pipes and handler. */
function announcing(use: ExperimentUse, handler: Handler): Handler {
  return function (this: unknown, ...values) {
    currentRequest()?.reached(use);
    return handler.apply(this, values);
  };
}
