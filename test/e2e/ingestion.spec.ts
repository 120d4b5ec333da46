import { IngestionFixture, verdicts } from './ingestion.fixture.js';

const key = 'exp_ingestion';

describe('outcomes and feedback', () => {
  let fixture: IngestionFixture;

  beforeAll(async () => {
    fixture = await IngestionFixture.start(key);
  }, 120_000);
  afterAll(() => fixture.close());

  it('count an id that comes twice in one batch once, with its first content', async () => {
    const { unit } = await fixture.assign();
    const item = (latency: number) => ({ id: 'a', experiment: key, unit, metrics: { latency_ms: latency } });
    const grown = await fixture.growth('latency_ms', async () => {
      expect(await fixture.send(item(10), item(20))).toMatchObject({
        status: 202,
        body: { accepted: 1, duplicates: 1 },
      });
    });
    expect(grown).toEqual({ units: 1, events: 1, sum: 10 });
  });

  it('leave the quality of an errored interaction out when the error comes later', async () => {
    const { unit } = await fixture.assign();
    const about = { experiment: key, unit, interaction: 'first' };
    const quality = await fixture.growth('user_rating', async () => {
      await fixture.send({ id: 'rated', ...about, metrics: { user_rating: 5, latency_ms: 100 } });
      await fixture.send({ id: 'failed', ...about, metrics: { error: 1 } });
    });
    expect(quality).toEqual({ units: 0, events: 0, sum: 0 });
  });

  it('leave the quality of an errored interaction out when the error came first, and keep its latency', async () => {
    const { unit } = await fixture.assign();
    const about = { experiment: key, unit, interaction: 'first' };
    let latency;
    const quality = await fixture.growth('user_rating', async () => {
      latency = await fixture.growth('latency_ms', async () => {
        await fixture.send({ id: 'failed', ...about, metrics: { error: true } });
        await fixture.send({ id: 'rated', ...about, metrics: { user_rating: 5, latency_ms: 100 } });
      });
    });
    expect([quality, latency]).toEqual([
      { units: 0, events: 0, sum: 0 },
      { units: 1, events: 1, sum: 100 },
    ]);
  });

  it('leave a rating from a browser out too when its interaction errs', async () => {
    const { token } = await fixture.assign();
    const grown = await fixture.growth('user_rating', async () => {
      await fixture.rate(token, { user_rating: 4 });
      // The token itself says which interaction it is about.
      await fixture.send({ id: 'failed', token, metrics: { error: 1 } });
    });
    expect(grown).toEqual({ units: 0, events: 0, sum: 0 });
  });

  it('accept booleans where a metric is 0 or 1', async () => {
    const { unit, token } = await fixture.assign();
    const grown = await fixture.growth('task_completed', async () => {
      await fixture.send({ id: 'done', experiment: key, unit, metrics: { task_completed: true } });
      expect((await fixture.rate(token, { thumbs_up: true })).status).toBe(202);
    });
    expect(grown).toEqual({ units: 1, events: 1, sum: 1 });
  });

  it('let the latest feedback count, however many come', async () => {
    const { token } = await fixture.assign();
    const grown = await fixture.growth('user_rating', async () => {
      for (const user_rating of [1, 5, 2, 4]) await fixture.rate(token, { user_rating });
    });
    expect(grown).toEqual({ units: 1, events: 1, sum: 4 });
  });

  it('refuse a metric that only the server may send, and what else the request carried', async () => {
    const { token } = await fixture.assign();
    const grown = await fixture.growth('user_rating', async () => {
      expect(await fixture.rate(token, { user_rating: 4, cost_usd: 0 })).toMatchObject({
        status: 403,
        body: { code: 'METRIC_NOT_FROM_CLIENT' },
      });
      expect((await fixture.rate(token, { user_rating: 9 })).status).toBe(400);
    });
    expect(grown).toEqual({ units: 0, events: 0, sum: 0 });
  });

  it('refuse a unit that was never exposed, and a peek does not expose', async () => {
    await fixture.server.call('POST', '/v1/assignments', { experiment: key, unit: 'peeked', peek: true });
    const answer = await fixture.send(
      { id: '1', experiment: key, unit: 'nobody', metrics: { latency_ms: 1 } },
      { id: '1', experiment: key, unit: 'peeked', metrics: { latency_ms: 1 } },
      { id: '1', experiment: 'exp_unknown', unit: 'nobody', metrics: { latency_ms: 1 } },
    );
    expect(answer.status).toBe(207);
    expect(verdicts(answer.body)).toEqual(['NEVER_EXPOSED', 'NEVER_EXPOSED', 'EXPERIMENT_NOT_FOUND']);
  });

  it('leave out what happened outside of the window, and say so', async () => {
    const { unit } = await fixture.assign();
    const at = new Date(Date.now() - 86_400_000).toISOString();
    const before = await fixture.outsideWindow();
    const grown = await fixture.growth('latency_ms', async () => {
      const sent = await fixture.send({ id: 'early', experiment: key, unit, at, metrics: { latency_ms: 5 } });
      expect(sent).toMatchObject({ status: 202, body: { accepted: 1 } });
    });
    expect(grown).toEqual({ units: 0, events: 0, sum: 0 });
    expect((await fixture.outsideWindow()) - before).toBe(1);
  });
});
