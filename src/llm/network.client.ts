import { SystemClock, type Clock } from '../operations/clock.js';
import { AttemptLimits } from './attempt-limits.client.js';
import { CallLimits } from './call-limits.client.js';
import { CircuitBreaker, defaultBreaker, type BreakerPolicy } from './circuit-breaker.js';
import { configHash } from '../experiments/config-hash.js';
import { whenConnected } from './connection-watch.client.js';
import { DirectClient, type Emit } from './direct-client.js';
import { answerFailure, healthOf, limitFailure, type Failure } from './failure.js';
import { GenerationMeter } from './generation-meter.js';
import type { Generation } from './generation.js';
import type { CallOptions } from './llm-client.js';
import { LlmError } from './llm-error.js';
import type { LlmRequest, LlmSettings } from './llm-request.js';
import { ModelHealth } from './model-health.js';
import type { OwnPrices } from './price.js';
import { RetryBudget, defaultRetryBudget, type RetryBudgetPolicy } from './retry-budget.js';
import { defaultRetryPolicy, retryDelay, type RetryPolicy } from './retry-delay.js';

export interface NetworkClientOptions {
  /** @default 3 requests in all, pauses from half a second, doubling */
  readonly retry?: RetryPolicy | undefined;
  /** @default extra requests for a tenth of the last minute's calls, or three */
  readonly budget?: RetryBudgetPolicy | undefined;
  /** @default open for 15 s after 10 failures in a row, or half of at least 20 requests within a minute */
  readonly breaker?: BreakerPolicy | undefined;
  /** Prices that come before the built-in table. */
  readonly prices?: OwnPrices | undefined;
  readonly clock?: Clock | undefined;
  /** Between 0 and 1, for the jitter of pauses. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** One call under way. */
interface Call {
  readonly request: LlmRequest;
  readonly limits: CallLimits;
  readonly meter: GenerationMeter;
  readonly health: ModelHealth;
  readonly emit: Emit;
}

/** One request of a call. */
export interface Attempt {
  readonly request: LlmRequest;
  readonly limits: AttemptLimits;
  readonly meter: GenerationMeter;
  /** Set once a stream has begun to answer: from then on nothing is tried again. */
  answering: boolean;
}

/**
 * What all providers behind an SDK have in common: limits of time, counted retries within a budget, and a circuit breaker
 * per model. An SDK's own retries are off.
 */
export abstract class NetworkClient extends DirectClient {
  protected readonly clock: Clock;
  private readonly retry: RetryPolicy;
  private readonly random: () => number;
  private readonly healths = new Map<string, ModelHealth>();

  constructor(private readonly options: NetworkClientOptions) {
    super();
    this.retry = options.retry ?? defaultRetryPolicy;
    this.clock = options.clock ?? new SystemClock();
    this.random = options.random ?? Math.random;
  }

  /** Asks for the whole answer and notes it in the attempt's meter. */
  protected abstract receiveWhole(attempt: Attempt): Promise<void>;

  /** Asks for the answer in pieces, notes and emits each. Throws `TruncatedAnswer` when it ends before its end. */
  protected abstract receiveStream(attempt: Attempt, emit: (piece: string) => void): Promise<void>;

  /** The configuration in the provider's words: the body without what the user says. */
  protected abstract sentConfig(settings: LlmSettings): object;

  protected abstract failureOf(error: unknown): Failure;

  protected async run(request: LlmRequest, options: CallOptions, emit: Emit): Promise<Generation> {
    const { settings } = request;
    const deadline = Math.min(options.deadline, settings.timeouts?.total ?? Infinity);
    const limits = new CallLimits({ ...options, deadline });
    const call: Call = {
      request,
      limits,
      meter: this.meter(settings, emit !== null, options.isFallback),
      health: this.health(settings.model),
      emit,
    };
    try {
      call.health.budget.noteCall();
      for (;;) {
        const failure = await this.attempt(call);
        if (failure === null) return call.meter.complete();
        const final = await this.pauseAfter(call, failure);
        if (final !== null) throw this.errorOf(call, final);
      }
    } finally {
      limits.release();
    }
  }

  /** One request; `null` when it brought a usable answer. */
  private async attempt(call: Call): Promise<Failure | null> {
    const { request, meter, emit, health, limits: whole } = call;
    if (whole.reached !== null) return limitFailure(whole.reached === 'timed-out' ? 'total' : 'cancelled');
    if (!health.breaker.admits()) return circuitFailure(health);
    const limits = new AttemptLimits(whole, request.settings.timeouts ?? {}, emit !== null);
    const attempt: Attempt = { request, limits, meter, answering: false };
    meter.attempt();
    const failure = await this.receive(attempt, emit);
    limits.release();
    health.note(failure === null ? 'answered' : healthOf(failure));
    return failure;
  }

  private async receive(attempt: Attempt, emit: Emit): Promise<Failure | null> {
    const { limits, meter } = attempt;
    const work = () => (emit === null ? this.receiveWhole(attempt) : this.receiveStream(attempt, emit));
    try {
      await (limits.watchesConnection ? whenConnected(limits.connected, work) : work());
      return limits.reached === null ? answerFailure(meter) : limitFailure(limits.reached);
    } catch (error) {
      if (limits.reached !== null) return limitFailure(limits.reached);
      return { ...this.failureOf(error), ...(attempt.answering && { repeatable: false }) };
    }
  }

  /** Waits until the next attempt may begin; the failure to report when there will be none. */
  private async pauseAfter(call: Call, failure: Failure): Promise<Failure | null> {
    const { limits, meter, health } = call;
    if (!failure.repeatable) return failure;
    const failed = { attempts: meter.attempts, retryAfter: failure.retryAfter, remaining: limits.remaining };
    const pause = retryDelay(this.retry, failed, this.random());
    if (pause === null || health.breaker.rest > pause) return failure;
    if (!health.budget.take()) {
      meter.warn('It was not tried again: the budget for retries is used up.');
      return failure;
    }
    meter.warn(
      `Attempt ${meter.attempts} failed (${failure.kind}); waited ${Math.round(pause)} ms for the next.`,
    );
    await limits.pause(pause);
    return limits.reached === null
      ? null
      : limitFailure(limits.reached === 'timed-out' ? 'total' : 'cancelled');
  }

  private errorOf({ meter }: Call, failure: Failure): LlmError {
    const generation = meter.interrupted();
    const tries = generation.attempts === 1 ? '1 attempt' : `${generation.attempts} attempts`;
    const message = `No answer from ${this.provider} model ${generation.requestedModel} after ${tries} (${failure.kind}): ${failure.message}`;
    return new LlmError(message, {
      kind: failure.kind,
      provider: this.provider,
      status: failure.status,
      limit: failure.limit ?? null,
      generation,
    });
  }

  private meter(settings: LlmSettings, streamed: boolean, isFallback?: boolean): GenerationMeter {
    const subject = {
      provider: this.provider,
      requestedModel: settings.model,
      streamed,
      startedAt: this.clock.now(),
      configHash: configHash({ ...this.sentConfig(settings) }),
      outputSchema: settings.outputSchema,
      prices: this.options.prices,
      isFallback,
    };
    return new GenerationMeter(subject, () => performance.now());
  }

  private health(model: string): ModelHealth {
    const known = this.healths.get(model);
    if (known) return known;
    const { breaker = defaultBreaker, budget = defaultRetryBudget } = this.options;
    const stopwatch = () => performance.now();
    const health = new ModelHealth(
      new CircuitBreaker(breaker, stopwatch),
      new RetryBudget(budget, stopwatch),
    );
    this.healths.set(model, health);
    return health;
  }
}

function circuitFailure({ breaker }: ModelHealth): Failure {
  const seconds = Math.max(1, Math.ceil(breaker.rest / 1000));
  return {
    kind: 'circuit-open',
    message: `it failed too often just now and is asked again in ${seconds} s`,
    status: null,
    retryAfter: null,
    repeatable: false,
  };
}
