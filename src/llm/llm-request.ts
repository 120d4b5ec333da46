import type { VariantConfig } from '../experiments/experiment.js';
import { AssayError } from '../operations/assay-error.js';
import type { LlmProvider } from './generation.js';
import type { OutputSchema } from './output-format.js';

/** How long a model reasons; no provider has all of them. */
export type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** A worked example shown to the model before the real input. */
export interface Example {
  readonly input: string;
  readonly output: string;
}

/**
 * How long each part of a call may take, in milliseconds; each ends it as `timed-out`. Never sent.
 *
 * - `connect`: until the connection stands. Tried again, as nothing was sent.
 * - `firstToken`: until the first text, from the sending of the request; streams only.
 * - `idle`: between two events of a stream that has begun to write.
 * - `total`: the whole call with its retries, if that is sooner than the caller's deadline.
 */
export interface Timeouts {
  readonly connect?: number;
  readonly firstToken?: number;
  readonly idle?: number;
  readonly total?: number;
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
  /** Who is asked; without it, the provider that is configured. Not sent, like all that follows. */
  readonly provider?: LlmProvider;
  readonly timeouts?: Timeouts;
  /** JSON schema that the text shall follow. It is checked, not enforced. */
  readonly outputSchema?: OutputSchema;
  /** What is asked when this fails; a config without one of its own. */
  readonly fallbackConfig?: VariantConfig;
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

/** The settings that are sent to a provider, without what Assay itself does with a call. */
export function sentSettings(settings: LlmSettings): LlmSettings {
  const {
    provider: _provider,
    timeouts: _timeouts,
    outputSchema: _schema,
    fallbackConfig: _other,
    ...sent
  } = settings;
  return sent;
}
