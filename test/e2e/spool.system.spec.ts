import { SpoolFixture } from './spool.fixture.js';

describe('outcomes while the database is away', () => {
  let fixture: SpoolFixture;
  beforeAll(async () => {
    fixture = await SpoolFixture.start('spooled');
  }, 120_000);
  afterAll(() => fixture.close());

  it('are accepted on disk, shown as waiting, and counted once when it is back', async () => {
    const token = await fixture.token('user-1');
    fixture.goes();
    const outcomes = [1, 2].map((id) => ({ id: `a-${id}`, token, metrics: { latency_ms: 10 * id } }));
    const answer = await fixture.send(...outcomes);
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2, deferred: true } });
    expect(answer.body).not.toHaveProperty('duplicates');
    // Sent again before the database could say that these are duplicates.
    expect((await fixture.send(...outcomes)).body).toEqual({ accepted: 2, deferred: true });
    expect(await fixture.health()).toMatchObject({ deferred: 4, outcomes: 0 });
    const ready = await fixture.server.call('GET', '/health/ready');
    expect(ready).toMatchObject({
      status: 200,
      body: { info: { database: { status: 'degraded' }, spool: { status: 'degraded', records: 4 } } },
    });
    expect(ready.body.info.spool.bytes).toBeGreaterThan(100);
    await fixture.returns();
    expect(await fixture.counted('latency_ms')).toEqual({ events: 2, sum: 30 });
    expect(await fixture.health()).toMatchObject({ deferred: 0, outcomes: 2, exposed: 1 });
    expect((await fixture.send(...outcomes)).body).toEqual({ accepted: 0, duplicates: 2 });
    const after = await fixture.server.call('GET', '/health/ready');
    expect(after.body.info.spool).toEqual({ status: 'up', records: 0, bytes: 0, oldestSeconds: 0 });
  });

  it('say how long the oldest of them waits', async () => {
    const token = await fixture.token('user-old');
    fixture.goes();
    await fixture.send({ id: 'old', token, metrics: { latency_ms: 1 } });
    fixture.server.advance(90_000);
    const { spool } = (await fixture.server.call('GET', '/health')).body.info;
    expect(spool.oldestSeconds).toBeGreaterThanOrEqual(90);
    await fixture.returns();
  });

  it('are refused one by one where it is known already what is wrong', async () => {
    const token = await fixture.token('user-2');
    fixture.goes();
    const { status, body } = await fixture.send(
      { id: 'b-1', token, metrics: { latency_ms: 1 } },
      { id: 'b-2', token, metrics: { no_such_metric: 1 } },
    );
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 1, deferred: true, refused: 1 });
    expect(body.results.map(({ status: each }: { status: string }) => each)).toEqual(['deferred', 'refused']);
    await fixture.returns();
  });

  it('get their verdict afterwards, where only the database knows', async () => {
    const before = await fixture.health();
    fixture.goes();
    const stranger = { experiment: fixture.key, unit: 'never-seen', metrics: { latency_ms: 1 } };
    expect((await fixture.send({ ...stranger, id: 'c-1' }, { ...stranger, id: 'c-2' })).status).toBe(202);
    await fixture.returns();
    const after = await fixture.health();
    expect((after['neverExposed'] ?? 0) - (before['neverExposed'] ?? 0)).toBe(2);
    expect(after['outcomes']).toBe(before['outcomes']);
  });

  it('count once when the first attempt was committed after all', async () => {
    const token = await fixture.token('user-3');
    const before = await fixture.counted('latency_ms');
    fixture.losesAnswers();
    expect((await fixture.send({ id: 'd-1', token, metrics: { latency_ms: 7 } })).body).toEqual({
      accepted: 1,
      deferred: true,
    });
    await fixture.returns();
    expect(await fixture.counted('latency_ms')).toEqual({ events: before.events + 1, sum: before.sum + 7 });
  });

  it('may be ratings, of which the latest counts', async () => {
    const token = await fixture.token('user-4');
    const before = await fixture.counted('user_rating');
    expect((await fixture.rate(token, 1)).status).toBe(202);
    fixture.goes();
    for (const rating of [5, 2, 4]) expect((await fixture.rate(token, rating)).status).toBe(202);
    await fixture.returns();
    expect(await fixture.counted('user_rating')).toEqual({ events: before.events + 1, sum: before.sum + 4 });
    expect((await fixture.rate(token, 3)).status).toBe(202);
    expect(await fixture.counted('user_rating')).toEqual({ events: before.events + 1, sum: before.sum + 3 });
  });
});

describe('a spool that is full', () => {
  let fixture: SpoolFixture;
  beforeAll(async () => {
    fixture = await SpoolFixture.start('spooled-full', { ASSAY_SPOOL_MEGABYTES: '1' });
  }, 120_000);
  afterAll(() => fixture.close());

  it('refuses what does not fit, says so, and takes more once it is drained', async () => {
    const token = await fixture.token('user-1');
    const batch = (number: number) =>
      Array.from({ length: 200 }, (_, index) => ({
        id: `${number}-${index}`,
        token,
        metrics: { latency_ms: 1 },
        tags: { padding: 'x'.repeat(200) },
      }));
    fixture.goes();
    let acknowledged = 0;
    let refused = await fixture.send(...batch(0));
    while (refused.status === 202) {
      acknowledged += 200;
      refused = await fixture.send(...batch(acknowledged));
    }
    expect(refused).toMatchObject({ status: 503, body: { code: 'SPOOL_FULL' } });
    expect(refused.body.title).toContain('the spool takes no more outcomes');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // 1 MiB holds so many records of 0.5 to 1.5 kB.
    expect(acknowledged).toBeGreaterThan(600);
    expect(acknowledged).toBeLessThan(2_200);
    await fixture.returns();
    expect(await fixture.counted('latency_ms')).toEqual({ events: acknowledged, sum: acknowledged });
    fixture.goes();
    expect((await fixture.send(...batch(-1))).body).toEqual({ accepted: 200, deferred: true });
    await fixture.returns();
    expect((await fixture.health())['outcomes']).toBe(acknowledged + 200);
  });
});

describe('a server that is told to have no spool', () => {
  it('asks for outcomes to be sent again later, and is not ready', async () => {
    const fixture = await SpoolFixture.start('without-spool', { ASSAY_SPOOL_DIR: '' });
    const token = await fixture.token('user-1');
    fixture.goes();
    const answer = await fixture.send({ id: '1', token, metrics: { latency_ms: 1 } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    expect((await fixture.server.call('GET', '/health/ready')).status).toBe(503);
    await fixture.close();
  }, 120_000);
});
