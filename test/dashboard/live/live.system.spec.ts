import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { LiveService } from '../../../src/dashboard/live/live.service.js';
import { LocalChangeFeed } from '../../../src/database/changes/change-feed.service.js';
import { resync } from '../../../src/database/change.js';
import { DatabaseState } from '../../../src/database/database-state.service.js';
import { ApiKeyService } from '../../../src/operations/access/api-key.service.js';
import { ChildServer } from '../../e2e/child-server.fixture.js';
import { startServer, type StartedServer } from '../../e2e/server.fixture.js';

interface LiveEvent {
  readonly event: string;
  readonly data: unknown;
}

/** A reader as a browser is one. */
class Listener {
  readonly events: LiveEvent[] = [];
  readonly ended: Promise<void>;
  private rest = '';

  constructor(readonly answer: IncomingMessage) {
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => this.read(text));
    answer.on('error', () => undefined);
    this.ended = new Promise((resolve) => answer.on('close', () => resolve()));
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Listener> {
    const asked = request(`${url}/v1/live`, { agent: false, headers }).end();
    asked.on('error', () => undefined);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return new Listener(answer);
  }

  /** The first event that fits; waits for it. */
  async find(event: string, fits: (data: never) => boolean = () => true): Promise<LiveEvent> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await delay(10)) {
      const found = this.events.find((known) => known.event === event && fits(known.data as never));
      if (found) return found;
    }
    throw new Error(`There was no such ${event} among ${JSON.stringify(this.events)}.`);
  }

  close(): void {
    this.answer.destroy();
  }

  private read(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (event && data) this.events.push({ event, data: JSON.parse(data) });
    }
  }
}

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
};
const until = async (isSo: () => boolean) => {
  for (const deadline = Date.now() + 15_000; !isSo() && Date.now() < deadline;) await delay(20);
  expect(isSo()).toBe(true);
};

describe('the live stream', () => {
  let server: StartedServer;
  let url: string;
  let live: LiveService;
  beforeAll(async () => {
    server = await startServer();
    await server.app.listen(0, '127.0.0.1');
    url = await server.app.getUrl();
    live = server.app.get(LiveService, { strict: false });
  }, 60_000);
  afterAll(() => server.close());
  afterEach(() => until(() => live.size === 0));

  it('beats each second, beginning at once, with the state of the database', async () => {
    const listener = await Listener.open(url);
    expect(listener.answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const began = Date.now();
    await listener.find('beat');
    expect(Date.now() - began).toBeLessThan(900);
    const state = server.app.get(DatabaseState, { strict: false });
    state.unavailable('it is away for a test');
    await listener.find('beat', ({ database }: { database: string }) => database === 'away');
    state.ready();
    await delay(2_500);
    expect(listener.events.filter(({ event }) => event === 'beat').length).toBeGreaterThanOrEqual(3);
    expect(listener.events.at(-1)).toEqual({ event: 'beat', data: { database: 'ready' } });
    listener.close();
  });

  it('tells which experiment changed, and that anything may have', async () => {
    const listener = await Listener.open(url);
    await server.call('POST', '/v1/experiments', { ...definition, key: 'exp_told' });
    await listener.find(
      'change',
      ({ experiment }: { experiment: string | null }) => experiment === 'exp_told',
    );
    expect(listener.events).not.toContainEqual({ event: 'change', data: { experiment: null } });
    server.app.get(LocalChangeFeed, { strict: false }).deliver(resync);
    await listener.find('change', ({ experiment }: { experiment: string | null }) => experiment === null);
    listener.close();
  });

  it('leaves nothing behind when a thousand come and go', async () => {
    const feed = server.app.get(LocalChangeFeed, { strict: false });
    const listeners = (feed as unknown as { listeners: Set<unknown> }).listeners;
    const before = listeners.size;
    for (let round = 0; round < 20; round += 1) {
      const opened = await Promise.all(Array.from({ length: 50 }, () => Listener.open(url)));
      expect(live.size).toBe(50);
      for (const listener of opened) listener.close();
      await until(() => live.size === 0);
    }
    expect(listeners.size).toBe(before);
    expect((live as unknown as { timer: unknown }).timer).toBeNull();
  }, 120_000);

  it('does not open for a HEAD', async () => {
    expect((await fetch(`${url}/v1/live`, { method: 'HEAD' })).status).toBe(200);
    expect(live.size).toBe(0);
  });

  it('refuses one more than it can bear, in words', async () => {
    const req = { socket: { destroyed: false } };
    const sink = { req, writableNeedDrain: false, write() {}, end() {}, destroy() {} };
    const closers: (() => void)[] = [];
    const on = (event: string, listener: () => void) => event === 'close' && closers.push(listener);
    for (let reader = 0; reader < 1_000; reader += 1) live.add({ ...sink, on }, () => undefined);
    const refused = await fetch(`${url}/v1/live`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      detail: expect.stringMatching(/1000 pages/),
    });
    for (const close of closers) close();
    const listener = await Listener.open(url);
    await listener.find('beat');
    listener.close();
  });

  it('does not pile up for a reader that does not read', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pause();
    socket.write('GET /v1/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
    await until(() => live.size === 1);
    const feed = server.app.get(LocalChangeFeed, { strict: false });
    const [reader] = (live as unknown as { readers: Set<{ sink: { writableLength: number } }> }).readers;
    // 20 MB in all: more than the sockets of both sides take (net.ipv4.tcp_rmem and tcp_wmem, 6 and 4 MB).
    for (let number = 0; number < 20_000; number += 1) {
      feed.deliver({ topic: 'experiment', key: `exp_${number}_${'x'.repeat(1_000)}`, version: 1 });
      if (number % 100 === 0) await delay(0);
    }
    // Node's own 16 KB for an answer, and what was written last beyond it: 100 changes at the most.
    expect(reader!.sink.writableLength).toBeGreaterThan(0);
    expect(reader!.sink.writableLength).toBeLessThan(16_384 + 110_000);
    socket.destroy();
  }, 60_000);
});

describe('the live stream of a server with keys', () => {
  it('needs a key that may read, and ends when that is revoked', async () => {
    const server = await startServer({ ASSAY_ADMIN_KEY: 'the-first-admin-key-of-this-server' });
    try {
      await server.app.listen(0, '127.0.0.1');
      const url = await server.app.getUrl();
      expect((await fetch(`${url}/v1/live`)).status).toBe(401);
      const keys = server.app.get(ApiKeyService, { strict: false });
      const [reader, ingester] = [
        await keys.create('read', 'reader'),
        await keys.create('ingest', 'ingester'),
      ];
      const bearer = ({ key }: { key: string }) => ({ authorization: `Bearer ${key}` });
      expect((await fetch(`${url}/v1/live`, { headers: bearer(ingester) })).status).toBe(403);
      const listener = await Listener.open(url, bearer(reader));
      await delay(1_500);
      expect(listener.answer.destroyed).toBe(false);
      await keys.revoke(reader.record.selector);
      const revokedAt = Date.now();
      await listener.ended;
      expect(Date.now() - revokedAt).toBeLessThan(10_000);
      expect(listener.answer.complete).toBe(true);
    } finally {
      await server.close();
    }
  }, 60_000);
});

describe('a server that is told to stop while pages listen', () => {
  it('ends their streams at once, also of those that do not read, and then itself', async () => {
    const server = await ChildServer.start({ ASSAY_DATA_DIR: 'memory://' });
    const listeners = await Promise.all(Array.from({ length: 30 }, () => Listener.open(server.url)));
    const silent = connect(Number(server.port), '127.0.0.1');
    silent.pause().on('error', () => undefined);
    silent.write('GET /v1/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
    await delay(1_200);
    const began = Date.now();
    const ending = server.kill('SIGTERM');
    await Promise.all(listeners.map(({ ended }) => ended));
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(listeners.filter(({ answer }) => !answer.complete)).toHaveLength(0);
    expect(await ending).toEqual({ code: 0, signal: null });
    expect(Date.now() - began).toBeLessThan(5_000);
    silent.destroy();
  }, 240_000);
});
