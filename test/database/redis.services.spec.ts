import { randomUUID } from 'node:crypto';
import type { Change } from '../../src/database/change.js';
import { LocalChangeFeed } from '../../src/database/changes/change-feed.service.js';
import { RedisChanges } from '../../src/database/changes/redis-changes.client.js';
import { RedisConnection } from '../../src/database/redis.client.js';
import { serviceAddress, until } from './services.fixture.js';
import { TcpProxy } from './tcp-proxy.fixture.js';

// A key of its own: other servers may speak on the same Redis meanwhile.
const change: Change = { topic: 'experiment', key: `summary-${randomUUID()}`, version: 4 };

/** One process's end of the Redis channel. */
async function join(url: string) {
  const connection = new RedisConnection({ url });
  const feed = new LocalChangeFeed();
  const heard: Change[] = [];
  feed.subscribe((told) => {
    if (told.topic === 'resync' || told.key === change.key) heard.push(told);
  });
  const changes = new RedisChanges(connection, feed);
  connection.start();
  changes.start();
  await until(() => connection.state() === 'up' && heard.length > 0, 'Redis is joined');
  const leave = (): void => {
    changes.stop();
    connection.close();
  };
  return { connection, changes, heard, leave };
}

describe('on a real Redis', () => {
  let proxy: TcpProxy;
  beforeEach(async () => {
    proxy = await TcpProxy.to(serviceAddress('REDIS_URL'));
  });
  afterEach(() => proxy.cut().catch(() => undefined));

  it('a change reaches the other processes and not its own a second time', async () => {
    const [here, there] = [await join(proxy.url), await join(proxy.url)];
    await here.changes.send([change]);
    await until(() => there.heard.length > 1, 'the change arrives');
    expect(there.heard.map(({ topic }) => topic)).toEqual(['resync', 'experiment']);
    expect(here.heard.map(({ topic }) => topic)).toEqual(['resync']);
    here.leave();
    there.leave();
  });

  it('it answers a ping, and a lost one is noticed, harmless, and told by a resync when it is back', async () => {
    const { connection, changes, heard, leave } = await join(proxy.url);
    expect(await connection.ping(1000)).toBe(true);
    await proxy.cut();
    await until(() => connection.state() === 'down', 'the loss is noticed');
    expect(await connection.ping(1000)).toBe(false);
    await changes.send([change]);
    await proxy.restore();
    await until(() => heard.length === 2, 'the feed listens again');
    expect(heard.at(-1)?.topic).toBe('resync');
    leave();
  });

  it('a silent server costs a command a moment and no more', async () => {
    const { connection, changes, leave } = await join(proxy.url);
    proxy.silence();
    const started = performance.now();
    expect(await connection.ping(100)).toBe(false);
    await changes.send([change]);
    await expect(connection.client?.get('key')).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(2000);
    leave();
  });
});
