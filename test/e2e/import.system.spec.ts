import { startRestartingServer, type RestartingServer } from './restarting-server.fixture.js';
import { shuffled } from './shuffled.fixture.js';

interface Line {
  readonly unit: string;
  readonly variant: string;
  readonly at: string;
  readonly id: string;
  readonly metrics: Record<string, number>;
}

const start = Date.parse('2025-11-03T08:00:00Z');

/** Three values of each unit. Every tenth unit first met the control, then, in its last two lines, the treatment. */
const lines: readonly Line[] = Array.from({ length: 300 }, (_, unit) =>
  [0, 1, 2].map((turn) => {
    const switched = unit % 10 === 0 && turn > 0;
    return {
      unit: `unit-${unit}`,
      variant: switched ? 'treatment' : unit % 10 === 0 || unit % 2 === 0 ? 'control' : 'treatment',
      at: new Date(start + (turn * 1_000 + unit) * 60_000).toISOString(),
      id: `turn-${turn}`,
      metrics: { quality_score: (unit % 7) + turn / 2, latency_ms: 100 + unit },
    };
  }),
).flat();

describe('an import', () => {
  let server: RestartingServer;

  beforeAll(async () => {
    server = await startRestartingServer();
  }, 120_000);
  afterAll(() => server.close());

  const create = (key: string) =>
    server.call('POST', '/v1/experiments', {
      key,
      source: 'imported',
      control: 'control',
      variants: [
        { key: 'control', config: {} },
        { key: 'treatment', config: {} },
      ],
      metrics: { primary: 'quality_score', secondary: ['latency_ms'] },
    });
  const send = (key: string, sent: readonly unknown[]) =>
    server.call('POST', `/v1/experiments/${key}/import`, sent.map((line) => JSON.stringify(line)).join('\n'));
  const results = async (key: string) => (await server.call('GET', `/v1/experiments/${key}/results`)).body;
  const descriptions = async (key: string) => {
    const { health, variants, metrics } = await results(key);
    return {
      multipleExposures: health.multipleExposures,
      units: variants.map((variant: { key: string; units: number }) => [variant.key, variant.units]),
      sums: metrics.map(
        (metric: { key: string; variants: { key: string; sum: number; events: number }[] }) => [
          metric.key,
          metric.variants.map(({ key: variant, sum, events }) => [variant, sum, events]),
        ],
      ),
    };
  };

  /** The truth by another road: each unit belongs where its earliest line says. */
  const expected = () => {
    const homes = new Map<string, string>();
    for (const { unit, variant } of [...lines].sort((one, other) => one.at.localeCompare(other.at)))
      if (!homes.has(unit)) homes.set(unit, variant);
    const of = (variant: string) => lines.filter(({ unit }) => homes.get(unit) === variant);
    const sum = (metric: string, variant: string) =>
      of(variant).reduce((total, { metrics }) => total + (metrics[metric] ?? 0), 0);
    const variants = ['control', 'treatment'];
    return {
      multipleExposures: 30,
      units: variants.map((variant) => [variant, of(variant).length / 3]),
      sums: ['quality_score', 'latency_ms'].map((metric) => [
        metric,
        variants.map((variant) => [variant, sum(metric, variant), of(variant).length]),
      ]),
    };
  };

  it('gives the same figures in order, backwards, shuffled, twice, and over a restart', async () => {
    await create('in_order');
    expect(await send('in_order', lines)).toMatchObject({
      status: 202,
      body: { lines: 900, accepted: 900, duplicates: 0, refused: 0 },
    });
    await create('backwards');
    await send('backwards', [...lines].reverse());
    await create('restarted');
    const mixed = shuffled(lines, 7);
    await send('restarted', mixed.slice(0, 500));
    await server.restart();
    await send('restarted', mixed.slice(400));
    expect(await send('restarted', shuffled(lines, 8))).toMatchObject({
      body: { accepted: 0, duplicates: 900 },
    });
    const truth = expected();
    for (const key of ['in_order', 'backwards', 'restarted'])
      expect({ key, ...(await descriptions(key)) }).toMatchObject({ key, ...truth });
  }, 120_000);

  it('reports the numbers of refused lines, and keeps the others', async () => {
    await create('refusals');
    const good = lines[0];
    const answer = await send('refusals', [
      good,
      { ...good, variant: 'third' },
      { ...good, id: 'b', metrics: { quality_score: 'high' } },
      { ...good, id: 'c', metrics: { nonsense: 1 } },
      { ...good, id: 'd', at: '3000-01-01T00:00:00Z' },
      { ...good, id: 'e', unit: 'nul\u0000' },
      { ...good, id: 'nul\u0000' },
      { ...good, id: '$feedback:reserved' },
      { ...good, id: 'half\ud800' },
      { ...good, id: 'f', attributes: { country: 'nul\u0000' } },
      { ...good, id: 'g', attributes: { 'half\ud800': 'x' } },
      { ...good, id: 'h', surplus: 1 },
      { ...good, id: 'i', propensity: 0 },
      'text',
      null,
      lines[1],
    ]);
    expect(answer).toMatchObject({ status: 207, body: { lines: 16, accepted: 2, refused: 14 } });
    expect(answer.body.refusals.map(({ line }: { line: number }) => line)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
  });

  it('takes lines without a measure as exposures, and empty lines as nothing', async () => {
    await create('exposures_only');
    const exposure = (unit: string, variant: string) => ({ unit, variant, at: '2025-11-03T08:00:00Z' });
    const text = [exposure('a', 'control'), exposure('b', 'treatment')].map((line) => JSON.stringify(line));
    const answer = await server.call(
      'POST',
      '/v1/experiments/exposures_only/import',
      `${text[0]}\r\n\n${text[1]}\n`,
    );
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2, refused: 0 } });
    expect((await descriptions('exposures_only')).units).toEqual([
      ['control', 1],
      ['treatment', 1],
    ]);
  });

  it('counts a unit with two variants of the same instant once, under the first in the alphabet', async () => {
    await create('tie');
    const at = '2025-11-03T08:00:00Z';
    await send('tie', [
      { unit: 'a', variant: 'treatment', at, id: '1', metrics: { quality_score: 2 } },
      { unit: 'a', variant: 'control', at, id: '2', metrics: { quality_score: 4 } },
    ]);
    expect(await descriptions('tie')).toMatchObject({
      multipleExposures: 1,
      units: [
        ['control', 1],
        ['treatment', 0],
      ],
    });
  });

  it('is refused by an experiment that assigns units itself, and in another content type', async () => {
    await server.call('POST', '/v1/experiments', {
      key: 'live',
      control: 'control',
      variants: [
        { key: 'control', config: {} },
        { key: 'treatment', config: { temperature: 1 } },
      ],
      metrics: { primary: 'quality_score' },
    });
    expect(await send('live', lines)).toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
    const json = await server.call('POST', '/v1/experiments/tie/import', { unit: 'a' });
    expect(json.status).toBe(415);
  });
});
