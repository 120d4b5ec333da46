import type { Fault } from '../../operations/assay-error.js';
import { SystemClock, type Clock } from '../../operations/clock.js';
import { anthropicFaults } from '../anthropic/anthropic-parameters.js';
import { openaiFaults } from '../openai/openai-parameters.js';
import { providerOfModel } from '../provider-choice.js';
import { CallLimits } from '../call-limits.client.js';
import { configHash } from '../../experiments/config-hash.js';
import { DirectClient, type Emit } from '../direct-client.js';
import { GenerationMeter } from '../generation-meter.js';
import type { Generation } from '../generation.js';
import type { CallOptions } from '../llm-client.js';
import { LlmError, type LlmErrorKind } from '../llm-error.js';
import { sentSettings, type LlmRequest, type LlmSettings } from '../llm-request.js';
import type { OwnPrices } from '../price.js';
import { estimateTokens } from '../token-estimate.js';
import { seededRandom } from './seeded-random.js';
import { simulatedAnswer } from './simulated-answer.js';
import { drawFailure, drawTimings, simulatedModel } from './simulated-model.js';

export interface SimulatedClientOptions {
  /** What the waits are multiplied by: 1 is as slow as a real model, 0 does not wait at all. @default 0.1 */
  readonly timeScale?: number | undefined;
  /** Share of calls that fail, instead of the model's own (under one in a hundred). */
  readonly errorRate?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Prices that come before the built-in table. */
  readonly prices?: OwnPrices | undefined;
}

const statusOf: Partial<Record<LlmErrorKind, number>> = { overloaded: 529, 'rate-limited': 429, failed: 500 };

/**
 * Answers without any model, so that everything else can be tried without a key.
 *
 * - Every text begins by saying that it is simulated, and `provider` says so too.
 * - The same config and input always give the same text, tokens, waits and failure.
 * - The cost is what the named model would have charged for such tokens.
 * - It refuses the settings that the named model would refuse: what runs here runs there.
 */
export class SimulatedClient extends DirectClient {
  readonly provider = 'simulated';
  private readonly timeScale: number;
  private readonly errorRate: number | undefined;
  private readonly clock: Clock;
  private readonly prices: OwnPrices | undefined;

  constructor(options: SimulatedClientOptions = {}) {
    super();
    this.timeScale = options.timeScale ?? 0.1;
    this.errorRate = options.errorRate;
    this.prices = options.prices;
    this.clock = options.clock ?? new SystemClock();
  }

  faults(settings: LlmSettings): readonly Fault[] {
    const { provider, model } = settings;
    const named = provider === 'simulated' ? undefined : provider;
    const asked = named ?? providerOfModel(model);
    if (asked === 'anthropic') return anthropicFaults(settings);
    return asked === 'openai' ? openaiFaults(settings, true) : [];
  }

  protected async run(request: LlmRequest, options: CallOptions, emit: Emit): Promise<Generation> {
    const deadline = Math.min(options.deadline, request.settings.timeouts?.total ?? Infinity);
    const limits = new CallLimits({ ...options, deadline });
    const meter = this.meter(request, emit !== null, options.isFallback);
    try {
      meter.attempt();
      const failure = await this.answer(request, limits, meter, emit);
      if (failure === null) return meter.complete();
      const message = `No answer from simulated model ${request.settings.model} (${failure})`;
      const status = statusOf[failure] ?? null;
      throw new LlmError(message, {
        kind: failure,
        provider: this.provider,
        status,
        limit: failure === 'timed-out' ? 'total' : null,
        generation: meter.interrupted(),
      });
    } finally {
      limits.release();
    }
  }

  private async answer(
    request: LlmRequest,
    limits: CallLimits,
    meter: GenerationMeter,
    emit: Emit,
  ): Promise<LlmErrorKind | null> {
    const asked = { settings: sentSettings(request.settings), messages: request.messages };
    const random = seededRandom(JSON.stringify(asked));
    const model = simulatedModel(request.settings.model);
    const failure = drawFailure(this.errorRate ?? model.errorRate, random);
    const timings = drawTimings(model, random);
    const begun = performance.now();
    const until = (due: number) => limits.pause(begun + due * this.timeScale - performance.now());

    if (!(await until(timings.firstToken))) return limits.reached;
    if (failure !== null) return failure;
    const answer = simulatedAnswer(request);
    meter.used({ inputTokens: answer.inputTokens });
    let due = timings.firstToken;
    for (const piece of answer.pieces) {
      meter.piece(piece);
      emit?.(piece);
      due += timings.perToken * estimateTokens(piece);
      if (!(await until(due))) return limits.reached;
    }
    meter.used({ outputTokens: answer.outputTokens });
    meter.stopped(answer.stopReason);
    return null;
  }

  private meter({ settings }: LlmRequest, streamed: boolean, isFallback?: boolean): GenerationMeter {
    const subject = {
      provider: this.provider,
      requestedModel: settings.model,
      streamed,
      startedAt: this.clock.now(),
      configHash: configHash({ ...sentSettings(settings) }),
      outputSchema: settings.outputSchema,
      prices: this.prices,
      isFallback,
    } as const;
    return new GenerationMeter(subject, () => performance.now());
  }
}
