import { LlmError } from '../llm/llm-error.js';

/**
 * A summary as server-sent events, as it is written: `piece` for each part of the text, then `done` with what the caller
 * is to know, or `error` where the model failed.
 *
 * @param pieces the text in pieces; what it throws ends the stream
 * @example for await (const event of summaryEvents(llm.stream(config, text), { experiment: null })) reply.write(event);
 */
export async function* summaryEvents(pieces: AsyncIterable<string>, done: object): AsyncGenerator<string> {
  try {
    for await (const text of pieces) yield serverSentEvent('piece', { text });
    yield serverSentEvent('done', done);
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    yield serverSentEvent('error', { code: error.code, kind: error.kind });
  }
}

/** Source: WHATWG HTML, section 9.2. JSON holds no line break that would end the data early. */
function serverSentEvent(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
