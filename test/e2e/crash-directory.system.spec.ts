import { ChildServer } from './child-server.fixture.js';
import { embeddedStore, type Store } from './crash-store.fixture.js';

/** From its first word, for to read Node and the packages takes a busy machine as long as it takes. */
const refusalMilliseconds = 5_000;

describe('a data directory that a process has open', () => {
  let store: Store;
  let first: ChildServer;

  beforeAll(async () => {
    store = await embeddedStore();
    first = await ChildServer.start(store.environment);
  }, 240_000);
  afterAll(async () => {
    await first.kill();
    await store.drop();
  });

  it('is refused to a second process, which says who has it and what to do', async () => {
    const second = await ChildServer.spawn(store.environment);
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(Date.now() - (second.spokeAt ?? 0)).toBeLessThan(refusalMilliseconds);
    expect(second.printed()).toContain(
      `The data directory ${store.environment['ASSAY_DATA_DIR']} is open in process ${first.pid}.`,
    );
    expect(second.printed()).toContain('ASSAY_DATA_DIR');
    expect((await first.call('GET', '/health/ready')).status).toBe(200);
  }, 120_000);

  it('is free again once that process has been killed', async () => {
    expect(await first.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    first = await ChildServer.start(store.environment);
    expect((await first.call('GET', '/v1/experiments')).body.experiments).not.toEqual([]);
  }, 240_000);
});
