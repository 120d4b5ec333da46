import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { EmbeddedDatabase } from '../../src/database/embedded/embedded.service.js';
import { RedisConnection } from '../../src/database/redis.client.js';
import { bootDatabase, startDatabase, startEmbeddedDatabase } from './embedded.fixture.js';

/** Port 1 is reserved and nothing listens there. */
const NOBODY = '127.0.0.1:1';

describe('an application whose database is away', () => {
  it('starts, says why it is not ready, refuses work with DATABASE_UNAVAILABLE, and ends', async () => {
    const database = await bootDatabase({ url: `postgres://postgres@${NOBODY}/assay`, dataDirectory: '' });
    expect(database.state.status).toBe('unavailable');
    expect(database.state.reason).toContain('ECONNREFUSED');
    await expect(database.transactions.run(() => Promise.resolve())).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await database.close();
  });

  describe('behind a server that accepts and never answers', () => {
    let server: Server;
    beforeEach(async () => {
      server = createServer((socket) => socket.on('error', () => undefined));
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    });
    afterEach(() => server.close());

    it('starts as soon as the connection has timed out', async () => {
      const { port } = server.address() as AddressInfo;
      const started = performance.now();
      const database = await bootDatabase({
        url: `postgres://postgres@127.0.0.1:${port}/assay`,
        dataDirectory: '',
        connectionTimeoutMilliseconds: 200,
      });
      expect(performance.now() - started).toBeLessThan(3000);
      expect(database.state.status).toBe('unavailable');
      await database.close();
    });
  });
});

describe('an application whose embedded database dies', () => {
  it('says so and refuses work, and can still be closed', async () => {
    const database = await startEmbeddedDatabase();
    const embedded = database.module.get(EmbeddedDatabase);
    const { worker } = (embedded as unknown as { current: { worker: Worker } }).current;
    await worker.terminate();
    expect(database.state.status).toBe('unavailable');
    expect(database.state.reason).toContain('embedded database has stopped');
    await expect(database.transactions.run(() => Promise.resolve())).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await database.close();
  }, 60_000);
});

describe('the wait for the database', () => {
  it('ends at once when it is ready', async () => {
    const database = await startEmbeddedDatabase();
    await database.state.whenReady();
    await database.close();
    expect(database.state.status).toBe('unavailable');
  }, 60_000);
});

describe('Redis', () => {
  it('is absent unless it is configured', async () => {
    const redis = new RedisConnection();
    expect([redis.client, redis.state(), await redis.ping(100)]).toEqual([null, 'absent', false]);
    redis.close();
  });

  it.each([{ url: `redis://${NOBODY}` }, { nodes: NOBODY }])(
    'is down, quickly and quietly, when nobody is at %j',
    async (options) => {
      const redis = new RedisConnection(options);
      redis.start();
      expect(await redis.ping(500)).toBe(false);
      expect(redis.state()).toBe('down');
      await expect(redis.client?.get('key')).rejects.toThrow();
      redis.close();
    },
  );

  it.each(['', ':', 'host:99999', 'a b:1'].map((node) => `127.0.0.1:7000,${node}`))(
    'refuses nodes that are not host:port: "%s"',
    (nodes) => {
      expect(() => new RedisConnection({ nodes })).toThrow(
        expect.objectContaining({ code: 'INVALID_CONFIGURATION' }),
      );
    },
  );

  it('changes nothing for an application when it is away', async () => {
    const database = await startDatabase({
      url: null,
      dataDirectory: 'memory://',
      redis: { url: `redis://${NOBODY}` },
    });
    const heard: string[] = [];
    database.changeFeed.subscribe(({ topic }) => void heard.push(topic));
    await database.transactions.run((_manager, announce) =>
      Promise.resolve(announce({ topic: 'a', key: 'b', version: 1 })),
    );
    expect(heard).toEqual(['a']);
    await database.close();
  }, 60_000);
});
