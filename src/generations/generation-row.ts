import { cohortDay } from '../bucketing/cohort.js';
import { groupOf } from '../bucketing/assignment.js';
import { storableAttributes } from '../bucketing/storable.js';
import { unitKey } from '../bucketing/unit-key.js';
import type { UnitAssignment } from '../bucketing/assignment.js';
import type { VariantConfig } from '../experiments/experiment.js';
import type { LlmMessage } from '../llm/llm-request.js';
import { identifyConfig, type IdentifiedConfig } from './prompts/identified-config.js';
import { sentConfig, type ObservedGeneration } from './observed-generation.js';

/** A JSON value on its way into a row. */
type Json = unknown;

/** What a model was asked, as far as the config in table `prompt` does not say it. */
export interface LoggedPrompt {
  readonly messages: readonly LlmMessage[];
  readonly systemPrompt?: Json;
  readonly examples?: Json;
}

/** One row of table `generation`, by column. */
export type GenerationRow = Readonly<Record<string, Json>> & {
  readonly id: string;
  readonly day: string;
  readonly experiment_id: number;
  readonly prompt: LoggedPrompt | null;
  readonly response: string | null;
  readonly parameters: Json;
  readonly warnings: readonly string[];
};

/** Of each text, no more characters than this are kept. */
export const longestText = 1_000_000;

/** The variant that answered; the name of the holdback group; null for the fallback. */
export function servedVariant({ variant, exposes }: UnitAssignment): string | null {
  return exposes ? groupOf(variant) : variant;
}

/** Row, receipt and prompt ask for the same. */
const identified = new WeakMap<ObservedGeneration, IdentifiedConfig>();

/** Which config it was that the model was sent, and whether it is the one that was assigned. */
export function configOf(observed: ObservedGeneration): IdentifiedConfig {
  const known = identified.get(observed);
  if (known) return known;
  const { event, subject } = observed;
  const { isFallback } = event.generation;
  const given = isFallback ? fallbackOf(event.config) : event.config;
  const config = identifyConfig(sentConfig(given, event.request.settings), subject.assignment.config);
  identified.set(observed, config);
  return config;
}

/** The config that is asked when the config's own generation fails. */
function fallbackOf(config: VariantConfig): VariantConfig {
  const { fallbackConfig } = config;
  return fallbackConfig !== null && typeof fallbackConfig === 'object'
    ? (fallbackConfig as VariantConfig)
    : config;
}

/** The row of a generation before redaction; the experiment is the assignment's. */
export function generationRow(observed: ObservedGeneration, config = configOf(observed)): GenerationRow {
  const { id, at, detail, event, subject } = observed;
  const { assignment, interaction } = subject;
  const experiment = assignment.entry!.experiment;
  const variant = experiment.variants.find(({ key }) => key === assignment.variant);
  const { generation } = event;
  const row: GenerationRow = {
    experiment_id: experiment.id,
    id,
    day: cohortDay(at),
    at,
    phase: experiment.phase,
    variant: servedVariant(assignment),
    reason: assignment.reason,
    epoch: assignment.epoch,
    unit: assignment.unitId === '' ? null : unitKey(assignment.unitId),
    interaction,
    config_hash: config.hash,
    as_configured: config.asConfigured,
    sent_hash: generation.configHash,
    prompt_version: config.asConfigured
      ? ((generation.isFallback ? null : variant?.promptVersion) ?? config.hash.slice(0, 8))
      : null,
    ...answer(observed),
    warnings: detail === 'full' ? generation.warnings : [],
    detail,
    ...texts(observed, config.asConfigured),
    ...figures(observed),
  };
  // What PostgreSQL cannot hold is replaced, or one such text would keep its neighbours waiting.
  return storableAttributes(row) as GenerationRow;
}

function answer({ event, error }: ObservedGeneration) {
  const { generation } = event;
  return {
    provider: generation.provider,
    requested_model: generation.requestedModel,
    model: generation.model,
    fingerprint: generation.fingerprint,
    request_id: generation.requestId,
    streamed: event.streamed,
    is_fallback: generation.isFallback,
    outcome: event.outcome,
    error,
    stop_reason: generation.stopReason,
    attempts: generation.attempts,
  };
}

function texts({ event, detail }: ObservedGeneration, asConfigured: boolean) {
  const { model: _model, fallbackConfig: _fallback, ...settings } = event.request.settings;
  const { systemPrompt, examples, ...parameters } = settings;
  const messages = event.request.messages.map(({ role, text }) => ({ role, text: shortened(text) }));
  const own = { ...(systemPrompt && { systemPrompt }), ...(examples && { examples }) };
  const isFull = detail === 'full';
  return {
    prompt: isFull ? { messages, ...(asConfigured ? {} : own) } : null,
    response: isFull ? shortened(event.generation.text) : null,
    parameters: isFull || asConfigured ? parameters : null,
  };
}

function figures({ event: { generation }, responseLength }: ObservedGeneration) {
  const { usage, timings } = generation;
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: usage.cacheReadTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    output_tokens_estimated: usage.outputTokensEstimated,
    response_length: responseLength,
    format_violation: generation.formatViolation,
    ttft_ms: timings.ttftMilliseconds,
    inter_chunk_ms: timings.interChunkMilliseconds,
    latency_ms: timings.latencyMilliseconds,
    cost_usd: generation.costUsd,
  };
}

function shortened(text: string): string {
  return text.length <= longestText ? text : text.slice(0, longestText);
}
