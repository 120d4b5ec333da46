import { AssayError } from '../operations/assay-error.js';

export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** A worked example shown to the model before the real input. */
export interface Example {
  readonly input: string;
  readonly output: string;
}

/** Everything a variant's config says about a call. Absent means "the provider's own default": nothing is sent. */
export interface LlmSettings {
  readonly model: string;
  readonly maxTokens: number;
  readonly systemPrompt?: string;
  readonly examples?: readonly Example[];
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly seed?: number;
  readonly stopSequences?: readonly string[];
  readonly effort?: Effort;
  readonly thinking?: 'adaptive' | 'disabled';
}

export interface LlmMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** The user's text, or a whole conversation, oldest message first. */
export type LlmInput = string | readonly LlmMessage[];

/** One call: the variant's settings and what the user said. */
export interface LlmRequest {
  readonly settings: LlmSettings;
  readonly messages: readonly LlmMessage[];
}

/** The request for this input. Throws `INVALID_REQUEST` when there is nothing to answer. */
export function requestFor(settings: LlmSettings, input: LlmInput): LlmRequest {
  const messages: readonly LlmMessage[] = typeof input === 'string' ? [{ role: 'user', text: input }] : input;
  if (messages.length === 0) {
    throw new AssayError('INVALID_REQUEST', 'The input has no messages; send at least one from the user.');
  }
  const blank = messages.findIndex((message) => message.text.trim() === '');
  if (blank >= 0) {
    const received = JSON.stringify(messages[blank]?.text);
    throw new AssayError(
      'INVALID_REQUEST',
      `Message ${blank} of the input is ${received}; send the text to answer.`,
    );
  }
  return { settings, messages };
}

/** All messages in the order the model reads them: examples as earlier turns, then the conversation. */
export function turns(request: LlmRequest): readonly LlmMessage[] {
  const examples = (request.settings.examples ?? []).flatMap((example): LlmMessage[] => [
    { role: 'user', text: example.input },
    { role: 'assistant', text: example.output },
  ]);
  return [...examples, ...request.messages];
}
