/** What a browser tells of an answer. Metrics are those of the catalogue that are marked `fromClient`. */
export interface Feedback {
  readonly metrics?: Readonly<Record<string, number | boolean>>;
  /** What the user made of the answer; the server computes `edit_distance` from it, and does not keep it. */
  readonly finalText?: string;
}

/** Whether the server took it. Never rejects: feedback must not break a page. */
export type Sent = Promise<boolean>;

/** Sends what users do with answers. Each answer came with a token, which says what the feedback is about. */
export interface FeedbackClient {
  /** Any feedback; of several on one answer the latest counts. */
  feedback(token: string, feedback: Feedback): Sent;
  /** Stars, 1 to 5. */
  rate(token: string, stars: number): Sent;
  thumbs(token: string, up: boolean): Sent;
  copied(token: string): Sent;
  /**
   * The text as the user has it now. Call it with every change: it is sent once a second has passed without another, or
   * when the page is left.
   */
  edited(token: string, finalText: string): void;
}

/** Where the feedback goes. */
export interface FeedbackClientOptions {
  /** Origin of the server, such as `https://assay.example.org`. @default the page's own */
  readonly url?: string;
  /** What sends a request. @default the global `fetch` */
  readonly fetch?: (url: string, init: object) => Promise<{ readonly ok: boolean }>;
}

/** What of a browser's window is used, where there is one. */
interface Page {
  addEventListener?(type: string, listener: () => void): void;
}

/**
 * A client for browsers and whatever else has `fetch`. It depends on nothing, not even on the rest of its own file:
 * `GET /client.js` serves the text of this very function.
 *
 * @example
 * import { createFeedbackClient } from 'assay/client';
 * const assay = createFeedbackClient({ url: 'https://assay.example.org' });
 * editor.addEventListener('copy', () => assay.copied(token));
 */
export function createFeedbackClient(options: FeedbackClientOptions = {}): FeedbackClient {
  const { url = '', fetch = globalThis.fetch.bind(globalThis) } = options;
  const waiting = new Map<string, () => void>();
  const feedback = (token: string, { metrics, finalText }: Feedback) => {
    const body = JSON.stringify({ token, metrics, finalText });
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit' as const,
      keepalive: body.length < 2e4,
      body,
    };
    return fetch(url + '/v1/feedback', request).then(
      (answer) => answer.ok,
      () => false,
    );
  };
  const measure = (token: string, key: string, value: number | boolean) =>
    feedback(token, { metrics: { [key]: value } });
  const flush = () => waiting.forEach((send) => send());
  (globalThis as Page).addEventListener?.('pagehide', flush);
  (globalThis as Page).addEventListener?.('visibilitychange', flush);
  return {
    feedback,
    rate: (token, stars) => measure(token, 'user_rating', stars),
    thumbs: (token, up) => measure(token, 'thumbs_up', up),
    copied: (token) => measure(token, 'copied', true),
    edited: (token, finalText) => {
      const send = () => {
        if (waiting.get(token) === send && waiting.delete(token)) void feedback(token, { finalText });
      };
      waiting.set(token, send);
      setTimeout(send, 1000);
    },
  };
}
