import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { turns, type LlmRequest } from '../llm-request.js';
import { countsReasoning } from './openai-model.js';

/** A body of `POST /chat/completions`. */
export type OpenaiBody = Omit<ChatCompletionCreateParamsNonStreaming, 'stream'>;

/**
 * The request in OpenAI's words: every setting is in it, unchanged, and nothing that was not set.
 *
 * @param isOfficial whether OpenAI itself is asked. Others that speak its language know the older `max_tokens` alone.
 */
export function openaiBody(request: LlmRequest, isOfficial: boolean): OpenaiBody {
  const { settings } = request;
  const { systemPrompt } = settings;
  const limit = isOfficial || countsReasoning(settings.model) ? 'max_completion_tokens' : 'max_tokens';
  const conversation = turns(request).map(({ role, text }) => ({ role, content: text }));
  return {
    model: settings.model,
    messages: [
      ...(systemPrompt === undefined ? [] : [{ role: 'system' as const, content: systemPrompt }]),
      ...conversation,
    ],
    [limit]: settings.maxTokens,
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.presencePenalty !== undefined && { presence_penalty: settings.presencePenalty }),
    ...(settings.frequencyPenalty !== undefined && { frequency_penalty: settings.frequencyPenalty }),
    ...(settings.seed !== undefined && { seed: settings.seed }),
    ...(settings.stopSequences !== undefined && { stop: [...settings.stopSequences] }),
    ...(settings.effort !== undefined && { reasoning_effort: settings.effort }),
  };
}
