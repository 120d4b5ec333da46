import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { turns, type LlmRequest, type LlmSettings } from '../llm-request.js';
import { isAnthropicEffort, usesSampling } from './anthropic-parameters.js';

/** A body of `POST /v1/messages`. The SDK's type no longer lists the sampling parameters; older models still take them. */
export type AnthropicBody = Omit<MessageCreateParamsNonStreaming, 'stream'> & {
  temperature?: number;
  top_p?: number;
  top_k?: number;
};

/** The last API version that takes sampling parameters; the next one, 2026-10-21, answers 400 to each. */
const versionWithSampling = '2023-06-01';

/** The request in Anthropic's words: every setting is in it, unchanged, and nothing that was not set. */
export function anthropicBody(request: LlmRequest): AnthropicBody {
  const { settings } = request;
  const { effort } = settings;
  return {
    model: settings.model,
    max_tokens: settings.maxTokens,
    messages: turns(request).map((turn) => ({ role: turn.role, content: turn.text })),
    ...(settings.systemPrompt !== undefined && { system: settings.systemPrompt }),
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.topK !== undefined && { top_k: settings.topK }),
    ...(settings.stopSequences !== undefined && { stop_sequences: [...settings.stopSequences] }),
    ...(effort !== undefined && isAnthropicEffort(effort) && { output_config: { effort } }),
    ...(settings.thinking !== undefined && { thinking: { type: settings.thinking } }),
  };
}

/** Headers of their own that these settings need. */
export function anthropicHeaders(settings: LlmSettings): Record<string, string> {
  return usesSampling(settings) ? { 'anthropic-version': versionWithSampling } : {};
}
