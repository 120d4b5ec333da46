/** An answer to be told in the words of either provider. */
export interface ReplayedAnswer {
  readonly model: string;
  readonly pieces: readonly string[];
  readonly ending: 'whole' | 'refusal' | 'limit';
  readonly usage: { readonly input: number; readonly output: number; readonly cached: number };
  /** What stands in the place of the usage: something wrong, or `null` for none at all. */
  readonly wrongUsage?: object | null;
}

/** How a provider tells an answer: as one body, as the frames of a stream, and what it says when it fails. */
export interface Dialect {
  readonly path: string;
  whole(answer: ReplayedAnswer): object;
  frames(answer: ReplayedAnswer): readonly string[];
  error(type: string): object;
  errorFrame(type: string): string;
  readonly keepAlive: string;
}

const named = (type: string, data: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const plain = (data: object) => `data: ${JSON.stringify(data)}\n\n`;

const anthropicReasons = { whole: 'end_turn', refusal: 'refusal', limit: 'max_tokens' } as const;
const openaiReasons = { whole: 'stop', refusal: 'content_filter', limit: 'length' } as const;

export const dialects: Readonly<Record<'anthropic' | 'openai', Dialect>> = {
  anthropic: {
    path: '/v1/messages',
    keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n',
    error: (type) => ({ type: 'error', error: { type, message: `planned ${type}` } }),
    errorFrame: (type) => named('error', { error: { type, message: `planned ${type}` } }),
    whole: (answer) => ({
      ...anthropicMessage(answer),
      content: [{ type: 'text', text: answer.pieces.join('') }],
      stop_reason: anthropicReasons[answer.ending],
      ...anthropicUsage(answer),
    }),
    frames: (answer) => [
      named('message_start', {
        message: {
          ...anthropicMessage(answer),
          content: [],
          stop_reason: null,
          ...anthropicUsage(answer, 1),
        },
      }),
      named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      ...answer.pieces.map((text) =>
        named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
      ),
      named('content_block_stop', { index: 0 }),
      named('message_delta', {
        delta: { stop_reason: anthropicReasons[answer.ending] },
        ...anthropicUsage(answer),
      }),
      named('message_stop', {}),
    ],
  },
  openai: {
    path: '/chat/completions',
    keepAlive: ': keep-alive\n\n',
    error: (type) => ({ error: { type, message: `planned ${type}`, code: null, param: null } }),
    errorFrame: (type) => plain({ error: { type, message: `planned ${type}` } }),
    whole: (answer) => ({
      ...openaiNames(answer, 'chat.completion'),
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: answer.pieces.join('') },
          finish_reason: openaiReasons[answer.ending],
        },
      ],
      ...openaiUsage(answer),
    }),
    frames: (answer) => [
      ...['', ...answer.pieces].map((content) => openaiChunk(answer, { content }, null)),
      openaiChunk(answer, {}, openaiReasons[answer.ending]),
      ...(answer.wrongUsage === null
        ? []
        : [plain({ ...openaiNames(answer, 'chat.completion.chunk'), choices: [], ...openaiUsage(answer) })]),
      'data: [DONE]\n\n',
    ],
  },
};

function anthropicMessage({ model }: ReplayedAnswer): object {
  return { id: 'msg_1', type: 'message', role: 'assistant', model, stop_sequence: null };
}

function anthropicUsage({ usage, wrongUsage }: ReplayedAnswer, output = usage.output): object {
  if (wrongUsage === null) return {};
  const { input, cached } = usage;
  return {
    usage: wrongUsage ?? {
      input_tokens: input - cached,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: 0,
      output_tokens: output,
    },
  };
}

function openaiChunk(answer: ReplayedAnswer, delta: object, reason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return plain({ ...openaiNames(answer, 'chat.completion.chunk'), choices, usage: null });
}

function openaiNames({ model }: ReplayedAnswer, object: string): object {
  return { id: 'chatcmpl_1', object, created: 1, model, system_fingerprint: 'fp_1' };
}

function openaiUsage({ usage, wrongUsage }: ReplayedAnswer): object {
  if (wrongUsage === null) return {};
  const { input, output, cached } = usage;
  return {
    usage: wrongUsage ?? {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: cached },
    },
  };
}
