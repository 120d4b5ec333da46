import { IngestionFixture, verdicts } from './ingestion.fixture.js';

const key = 'exp_poison';

describe('poison among outcomes', () => {
  let fixture: IngestionFixture;

  beforeAll(async () => {
    fixture = await IngestionFixture.start(key);
  }, 120_000);
  afterAll(() => fixture.close());

  it('refuse every poisonous item alone and commit its neighbours', async () => {
    const { unit, token } = await fixture.assign();
    const good = { id: 'good', experiment: key, unit, metrics: { latency_ms: 7 } };
    const { id: _id, ...anonymous } = good;
    const poison: unknown[] = [
      { ...good, id: 'p3', surplus: true },
      { ...good, id: 'p4', metrics: { latency_ms: '7' } },
      { ...good, id: 'p5', metrics: { latency_ms: null } },
      { ...good, id: 'p6', metrics: {} },
      { ...good, id: 'p7', metrics: { latency_ms: -1 } },
      { ...good, id: 'p8', metrics: { latency_ms: 1e13 } },
      { ...good, id: 'p9', metrics: { nonsense: 1 } },
      { ...good, id: 'p10', metrics: { constructor: 1 } },
      { ...good, id: 'p11', at: 'yesterday' },
      { ...good, id: 'p12', at: '3000-01-01T00:00:00Z' },
      { ...good, id: 'p13', at: '0000-06-01T00:00:00Z' },
      { ...good, id: 'p14', at: '0001-01-01T00:00:00+14:00' },
      { ...good, id: 'p16', token },
      { ...good, id: 'p17', metrics: { cost_per_success: 1 } },
      { ...good, id: '$feedback:x:user_rating' },
      { ...good, id: '' },
      { ...good, id: 'x'.repeat(201) },
      { ...good, id: 17 },
      anonymous,
      null,
      'text',
      [],
    ];
    const grown = await fixture.growth('latency_ms', async () => {
      const { status, body } = await fixture.send(...poison, good);
      expect(status).toBe(207);
      expect(body).toMatchObject({ accepted: 1, refused: poison.length });
      expect(verdicts(body)?.filter((code) => code !== 'INVALID_REQUEST')).toEqual([
        ...Array<string>(2).fill('UNKNOWN_METRIC'),
        'accepted',
      ]);
    });
    expect(grown).toEqual({ units: 1, events: 1, sum: 7 });
  });

  it.each([
    ['a NUL in an id', { id: 'nul\u0000' }],
    ['half a surrogate pair in an id', { id: 'half\ud800' }],
    ['a NUL in a unit', { unit: 'nul\u0000' }],
    ['half a surrogate pair in an interaction', { interaction: 'half\udc00' }],
    ['a NUL in a tag', { tags: { note: 'nul\u0000' } }],
    ['half a surrogate pair in a tag', { tags: { note: 'half\ud800' } }],
    ['a NUL in the name of a tag', { tags: { 'nul\u0000': 'key' } }],
  ])('refuse %s with its place, and count nothing', async (_name, change) => {
    const { unit } = await fixture.assign();
    const grown = await fixture.growth('latency_ms', async () => {
      const item = { id: 'x', experiment: key, unit, metrics: { latency_ms: 1 }, ...change };
      const { status, body } = await fixture.send(item);
      expect(status).toBe(207);
      expect(body.results[0].errors[0].pointer).toMatch(/^\/outcomes\/0\/./);
    });
    expect(grown).toEqual({ units: 0, events: 0, sum: 0 });
  });

  it.each([
    [
      'an overflowing number',
      (unit: string) =>
        `{"outcomes":[{"id":"b","experiment":"${key}","unit":"${unit}","metrics":{"latency_ms":1e400}}]}`,
    ],
    [
      'NaN',
      (unit: string) =>
        `{"outcomes":[{"id":"b","experiment":"${key}","unit":"${unit}","metrics":{"latency_ms":NaN}}]}`,
    ],
    [
      '__proto__ in an item',
      (unit: string) =>
        `{"outcomes":[{"id":"b","experiment":"${key}","unit":"${unit}","__proto__":{"a":1},"metrics":{"latency_ms":1}}]}`,
    ],
    [
      '__proto__ among metrics',
      (unit: string) =>
        `{"outcomes":[{"id":"b","experiment":"${key}","unit":"${unit}","metrics":{"__proto__":1}}]}`,
    ],
    [
      'a poisoned constructor',
      (unit: string) =>
        `{"outcomes":[{"id":"b","experiment":"${key}","unit":"${unit}","metrics":{"latency_ms":1},"tags":{"constructor":{"prototype":{}}}}]}`,
    ],
    ['an unknown field of the body', () => '{"outcomes":[],"more":1}'],
    ['no outcome', () => '{"outcomes":[]}'],
    ['outcomes that are no list', () => '{"outcomes":{}}'],
    ['a list as body', () => '[]'],
    ['half a body', () => '{"outcomes":['],
  ])('refuse %s and count nothing', async (_name, text) => {
    const { unit } = await fixture.assign();
    const grown = await fixture.growth('latency_ms', async () => {
      const { status, body } = await fixture.server.call('POST', '/v1/outcomes', text(unit), {
        'content-type': 'application/json',
      });
      expect([207, 400]).toContain(status);
      if (status === 207) expect(verdicts(body)).not.toContain('accepted');
    });
    expect(grown).toEqual({ units: 0, events: 0, sum: 0 });
  });

  it('refuse 5,001 items, and take 5,000', async () => {
    const { unit } = await fixture.assign();
    const items = Array.from({ length: 5_001 }, (_, index) => ({
      id: `many-${index}`,
      experiment: key,
      unit,
      metrics: { cost_usd: 0.001 },
    }));
    expect((await fixture.send(...items)).status).toBe(400);
    const grown = await fixture.growth('cost_usd', async () => {
      expect(await fixture.send(...items.slice(1))).toMatchObject({ status: 202, body: { accepted: 5_000 } });
    });
    expect(grown).toEqual({ units: 1, events: 5_000, sum: 5 });
  }, 60_000);

  it('refuse a body of more than 4 MB as too large', async () => {
    const answer = await fixture.send({ id: 'large', tags: { note: 'x'.repeat(4 * 1024 * 1024) } });
    expect(answer).toMatchObject({ status: 413, body: { status: 413 } });
  });
});
