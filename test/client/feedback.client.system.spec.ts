import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { createFeedbackClient, type FeedbackClient } from '../../src/client/feedback.client.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { startServer, type StartedServer } from '../e2e/server.fixture.js';

const experiment = 'exp_summarize_v2';
const page = 'https://app.example.org';
const text = 'The meeting moved to Thursday. Bring the draft. Parking is closed.';

describe('the feedback client and the browser snippet', () => {
  let server: StartedServer;
  let url: string;
  beforeAll(async () => {
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0', ASSAY_CORS_ORIGINS: page });
    await server.app.listen(0, '127.0.0.1');
    url = (await server.app.getUrl()).replace('[::1]', '127.0.0.1');
  });
  afterAll(() => server.close());

  const answered = async (user: string) => {
    const { body } = await server.call('POST', '/api/summarize', { text }, { 'x-user-id': user });
    await server.app.get(GenerationLog, { strict: false }).drained();
    return { token: body.experiment.token as string, summary: body.summary as string };
  };
  /** What feedback was recorded so far, by metric. */
  const recorded = async () => {
    const { body } = await server.call('GET', `/v1/experiments/${experiment}/export?kind=outcomes`);
    const lines = String(body)
      .split('\n')
      .filter((line) => line.includes('$feedback:'));
    return Object.assign(
      {},
      ...lines.map((line) => (JSON.parse(line) as { metrics: object }).metrics),
    ) as Record<string, number>;
  };
  /** A page of another origin that has loaded the snippet; `sent` settles with everything that it sent. */
  const load = async () => {
    const { body: script } = await server.call('GET', '/client.js');
    const sent: Promise<Response>[] = [];
    const listeners: Record<string, () => void> = {};
    const timers: (() => void)[] = [];
    const window: Record<string, unknown> = {
      document: { currentScript: { src: `${url}/client.js?v=1` } },
      URL,
      JSON,
      setTimeout: (work: () => void) => timers.push(work),
      addEventListener: (type: string, work: () => void) => (listeners[type] = work),
      fetch: (to: string, init: RequestInit) => {
        const request = fetch(to, { ...init, headers: { ...init.headers, origin: page } });
        sent.push(request);
        return request;
      },
    };
    runInContext(script, createContext(window));
    const settled = () => Promise.all(sent);
    return { assay: window['assay'] as FeedbackClient, listeners, timers, settled, sent };
  };

  it('is small: at most 1,024 bytes on the wire', async () => {
    const { body, headers } = await server.call('GET', '/client.js');
    expect(gzipSync(body).length).toBeLessThanOrEqual(1_024);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const again = await server.call('GET', '/client.js', undefined, {
      'if-none-match': String(headers['etag']),
    });
    expect(again).toMatchObject({ status: 304, body: '' });
  });

  it('may be loaded by the configured pages, and by no others with their scripts’ rights', async () => {
    const asked = async (origin: string) =>
      (await fetch(`${url}/client.js`, { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await asked(page)).toBe(page);
    expect(await asked('https://evil.example.org')).toBeNull();
  });

  it('records ratings, thumbs and copies, to where it was loaded from', async () => {
    const { assay } = await load();
    const { token } = await answered('browser');
    expect(await assay.rate(token, 4)).toBe(true);
    expect(await assay.thumbs(token, true)).toBe(true);
    expect(await assay.copied(token)).toBe(true);
    expect(await recorded()).toEqual({ user_rating: 4, thumbs_up: 1, copied: 1 });
  });

  it('sends the last of many edits, once: a second later, or when the page is left', async () => {
    const { assay, listeners, timers, settled, sent } = await load();
    const { token, summary } = await answered('typist');
    assay.edited(token, `${summary} T`);
    assay.edited(token, `${summary} Thanks`);
    for (const timer of timers.splice(0)) timer();
    expect(sent).toHaveLength(1);
    await settled();
    expect((await recorded())['edit_distance']).toBe(7);
    assay.edited(token, `${summary} Thanks, all`);
    listeners['pagehide']?.();
    listeners['visibilitychange']?.();
    for (const timer of timers) timer();
    expect(sent).toHaveLength(2);
    await settled();
    expect((await recorded())['edit_distance']).toBe(12);
  });

  it('breaks no page: what is refused or cannot be sent is false', async () => {
    const { assay } = await load();
    expect(await assay.rate('not a token', 4)).toBe(false);
    const away = createFeedbackClient({ url: 'http://127.0.0.1:9' });
    expect(await away.copied('any')).toBe(false);
  });

  it('is a typed client for whatever has fetch', async () => {
    const { token, summary } = await answered('typed');
    const assay = createFeedbackClient({ url });
    expect(await assay.feedback(token, { metrics: { task_completed: true }, finalText: `${summary}!` })).toBe(
      true,
    );
    expect(await recorded()).toMatchObject({ task_completed: 1 });
  });
});
