import type { Effort } from '../llm-request.js';

/** What a model of OpenAI's takes in Chat Completions, as far as its name tells. */
export interface OpenaiModel {
  /** Whether Chat Completions has it at all; others are asked over another API. */
  readonly chats: boolean;
  /**
   * Whether it takes `temperature`, `top_p` and the penalties: never, or only where it does not reason. Null: its name does
   * not tell.
   */
  readonly sampling: 'always' | 'without-reasoning' | 'never' | null;
  readonly stop: boolean;
  /** Whether it reads a system prompt. */
  readonly system: boolean;
  /** Values of `reasoning_effort`; none for a model that does not reason; null: its name does not tell. */
  readonly efforts: readonly Effort[] | null;
}

const unknown: OpenaiModel = { chats: true, sampling: null, stop: true, system: true, efforts: null };
const plain: OpenaiModel = { ...unknown, sampling: 'always', efforts: [] };
const reasoning: OpenaiModel = { ...unknown, sampling: 'never', efforts: ['low', 'medium', 'high'] };
const optional: OpenaiModel = { ...unknown, sampling: 'without-reasoning' };
const withoutMinimal: readonly Effort[] = ['none', 'low', 'medium', 'high'];

/** By name, the first that fits. */
const families: readonly (readonly [RegExp, OpenaiModel])[] = [
  [/^(o1|o3|gpt-5)-pro|-deep-research|^computer-use|codex/, { ...unknown, chats: false }],
  [/^gpt-\d\w*(-mini)?-search/, { ...plain, sampling: 'never', efforts: null }],
  [/^(gpt-[34]|chatgpt-|gpt-5-chat)/, plain],
  [/^o1-(mini|preview)/, { ...reasoning, system: false, efforts: [] }],
  [/^(o3|o4-mini)(-\d{4}|$)/, { ...reasoning, stop: false }],
  [/^o\d(-|$)/, reasoning],
  [
    /^gpt-5(-mini|-nano)?(-\d{4}|$)/,
    { ...reasoning, stop: false, efforts: ['minimal', 'low', 'medium', 'high'] },
  ],
  [/^gpt-5\.\d-chat/, { ...unknown, efforts: ['medium'] }],
  [/^gpt-5\.1(-mini)?(-\d{4}|$)/, { ...optional, efforts: withoutMinimal }],
  [/^gpt-5\.[2-5](-mini|-nano)?(-\d{4}|$)/, { ...optional, efforts: [...withoutMinimal, 'xhigh'] }],
];

/**
 * What a model takes. Of one that is not known here nothing is said: the endpoint judges.
 *
 * Sources: the types of OpenAI's SDK 6.49 (`ResponsesModel` beyond `ChatModel`; `stop` is "not supported with latest
 * reasoning models o3 and o4-mini"), OpenAI's guide to reasoning models and its "GPT-5.1, 5.2, 5.4 parameter compatibility" (sampling
 * only with effort `none`), and answers of status 400 and 404 that users of the API have published: `codex` and `-pro` ("only
 * supported in v1/responses"), `search-preview` ("incompatible request arguments"), `stop` of GPT-5, the values of effort.
 * None of it was tried against OpenAI itself.
 *
 * @example openaiModel('gpt-5-mini').efforts // ['minimal', 'low', 'medium', 'high']
 */
export function openaiModel(name: string): OpenaiModel {
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? unknown;
}

/**
 * Whether a model of that name knows `max_completion_tokens` alone, wherever it is asked.
 *
 * @example countsReasoning('gpt-5.1') // true
 */
export function countsReasoning(name: string): boolean {
  return /^(o\d(-|$)|gpt-[5-9])/.test(name);
}
