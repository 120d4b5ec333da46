import { listRoutes } from '../../src/operations/access/route-list.explorer.js';
import { startServer, type StartedServer } from './server.fixture.js';

const days = 14;
const perDay = 60;
const start = Date.parse('2026-02-02T00:00:00Z');

/** Sixty new units a day for two weeks; each unit has two ratings of its own, 3 or 5 by its number, and 0 or 1 apart. */
const lines = Array.from({ length: days * perDay }, (_, unit) =>
  [0, 1].map((turn) => ({
    unit: `unit-${unit}`,
    variant: unit % 2 === 0 ? 'control' : 'treatment',
    at: new Date(start + Math.floor(unit / perDay) * 86_400_000 + (unit % perDay) * 60_000).toISOString(),
    id: `turn-${turn}`,
    metrics: {
      quality_score: (Math.floor(unit / 2) % 2 === 0 ? 3 : 5) + (turn === 0 ? 0 : unit % 3 === 0 ? 1 : -1),
    },
  })),
).flat();

const variants = [
  { key: 'control', config: { temperature: 0 } },
  { key: 'treatment', config: { temperature: 1 } },
];

describe('plans', () => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', {
      key: 'earlier',
      source: 'imported',
      control: 'control',
      variants,
      metrics: { primary: 'quality_score' },
    });
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(await server.call('POST', '/v1/experiments/earlier/import', text)).toMatchObject({ status: 202 });
  }, 120_000);
  afterAll(() => server.close());

  const plan = (body: object) => server.call('POST', '/v1/plans', body);
  const draft = (key: string, metrics: object, rest: object = {}) =>
    server.call('POST', '/v1/experiments', { key, control: 'control', variants, metrics, ...rest });
  const codes = ({ body }: { body: { warnings: { code: string }[] } }) =>
    body.warnings.map(({ code }) => code);

  it('are made from a given baseline', async () => {
    const answer = await plan({
      metric: 'user_rating',
      baseline: { mean: 4, standardDeviation: 1 },
      minimumEffect: 0.1,
      unitsPerDay: 200,
      sequential: 'none',
    });
    // R 4.2.2, power.t.test(delta = 0.1, sd = 1, power = 0.8, strict = TRUE): n = 1570.733.
    expect(answer).toMatchObject({
      status: 200,
      body: { unitsPerVariant: 1571, units: 3142, days: 28, feasible: true },
    });
    expect(answer.body.minimumDetectableEffect).toHaveLength(8);
    expect(answer.body.minimumDetectableEffect[7]).toMatchObject({ days: 56, unitsPerVariant: 4900 });
  });

  it('are made from the mean alone for a share, without metric or arrival', async () => {
    const { status, body } = await plan({ baseline: { mean: 0.1 }, relativeEffect: 0.2 });
    expect(status).toBe(200);
    // R 4.2.2, power.prop.test(p1 = 0.1, p2 = 0.12): 3840.85 × 1.0424 for fourteen planned looks = 4003.7.
    expect(body.unitsPerVariant / 4003.7).toBeCloseTo(1, 2);
    expect(body).toMatchObject({ metric: null, days: null, feasible: null, minimumDetectableEffect: [] });
  });

  it('are made from an earlier experiment, whose ratings repeat and whose units came day by day', async () => {
    const { status, body } = await plan({
      baseline: { from: 'earlier' },
      minimumEffect: 0.3,
      sequential: 'none',
    });
    expect(status).toBe(200);
    // The same by another road: the control's means per unit, as each unit has two ratings.
    const means = Array.from({ length: (days * perDay) / 2 }, (_, pair) => {
      const own = lines
        .filter(({ unit }) => unit === `unit-${2 * pair}`)
        .map(({ metrics }) => metrics.quality_score);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    });
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1);
    const needed = (2 * 2.801585 ** 2 * variance) / 0.3 ** 2 + 0.96;
    expect(Math.abs(body.unitsPerVariant - needed)).toBeLessThan(1);
    expect(body).toMatchObject({ metric: 'quality_score', days: 21, feasible: true });
    expect(body.assumptions[0]).toContain('quality_score of the control of earlier');
    expect(body.assumptions[1]).toContain(
      'new units as earlier saw them over 14 days, 840 in all; from then on 60 a day',
    );
    const named = await plan({
      metric: 'quality_score',
      baseline: { from: 'earlier' },
      unitsPerDay: { from: 'earlier' },
      minimumEffect: 0.3,
      sequential: 'none',
    });
    expect(named.body).toEqual(body);
  });

  it('take from an experiment what is not asked for, its own data included', async () => {
    const own = await plan({ experiment: 'earlier', relativeEffect: 0.05, weights: [1, 1, 2] });
    expect(own).toMatchObject({ status: 200, body: { metric: 'quality_score' } });
    expect(own.body.assumptions.join(' ')).toContain('2 comparisons share alpha');
    const metrics = { primary: ['user_rating', 'quality_score'], minimumEffect: 0.2, window: 'P2D' };
    await draft('planned_draft', metrics, { plan: { alpha: 0.01, maximumDays: 30 } });
    const { body } = await plan({
      experiment: 'planned_draft',
      metric: 'quality_score',
      baseline: { from: 'earlier' },
    });
    expect(body.minimumEffect.absolute).toBe(0.2);
    expect(body.minimumDetectableEffect.map((row: { days: number }) => row.days)).toEqual([7, 14, 21, 28]);
    expect(body.assumptions.join(' ')).toMatch(/window of 2 days.*alpha 0\.01.*alpha \/ 2 = 0\.005/);
  });

  it('of a quantile need the spread of the values that it is one of', async () => {
    const metric = { key: 'latency_p95', kind: 'quantile', quantile: 0.95, min: 0, unit: 'ms' };
    const described = { direction: 'decrease', category: 'performance' };
    expect(await server.call('POST', '/v1/metrics', { ...metric, ...described })).toMatchObject({
      status: 201,
    });
    const asked = { metric: 'latency_p95', minimumEffect: 20, sequential: 'none' };
    // SciPy, noncentral t with d = 20 / (100 √4.465561): n = 1753.44.
    expect(await plan({ ...asked, baseline: { mean: 1000, standardDeviation: 100 } })).toMatchObject({
      status: 200,
      body: { unitsPerVariant: 1754 },
    });
    expect(await plan({ ...asked, baseline: { from: 'earlier' } })).toMatchObject({
      status: 400,
      body: {
        errors: [{ pointer: '/baseline', message: expect.stringContaining('give {"mean", "standard') }],
      },
    });
  });

  it('are refused with a pointer and what to give', async () => {
    await draft('empty', { primary: 'user_rating', minimumEffect: 0.2 });
    const refusals: [object, number, string, RegExp][] = [
      [{}, 400, '/baseline', /is missing; give \{"mean", "standardDeviation"\}/],
      [{ experiment: 'empty' }, 400, '/baseline', /control of empty has no units with user_rating/],
      [
        { metric: 'user_rating', baseline: { from: 'earlier' } },
        400,
        '/baseline/from',
        /no units with user_rating/,
      ],
      [{ metric: 'user_rating', baseline: { mean: 4 } }, 400, '/baseline/standardDeviation', /not a share/],
      [{ baseline: { mean: 0.5 } }, 400, '/minimumEffect', /is missing; give the smallest difference/],
      [
        { baseline: { mean: 0.5 }, minimumEffect: 0.1, unitsPerDay: { from: 'empty' } },
        400,
        '/unitsPerDay/from',
        /no unit yet/,
      ],
      [{ baseline: { mean: 0.5, from: 'earlier' } }, 400, '/baseline', /alone/],
      [{ baseline: { standardDeviation: 1 } }, 400, '/baseline', /alone/],
      [{ baseline: { mean: 4, standardDeviation: -1 } }, 400, '/baseline/standardDeviation', /received -1/],
      [
        { baseline: { mean: 4, intraclassCorrelation: 0.3 } },
        400,
        '/baseline/eventsPerUnit',
        /how many a unit has/,
      ],
      [{ unitsPerDay: 'many' }, 400, '/unitsPerDay', /give a positive number/],
      [{ minimumEffect: 1, relativeEffect: 1 }, 400, '/relativeEffect', /not both/],
      [{ variants: 3, weights: [1, 1] }, 400, '/weights', /as many weights as/],
      [{ alpha: 0.5, power: 0.5 }, 400, '/power', /not above alpha/],
      [{ window: 'soon' }, 400, '/window', /ISO 8601/],
      [{ effect: 0.1 }, 400, '/effect', /no field that is known here/],
      [{ metric: 'nonsense' }, 422, '/metric', /not in the catalogue/],
    ];
    for (const [body, status, pointer, message] of refusals) {
      const answer = await plan(body);
      expect({ body, status: answer.status, errors: answer.body.errors }).toMatchObject({
        body,
        status,
        errors: [{ pointer, message: expect.stringMatching(message) }],
      });
    }
    expect(await plan({ baseline: { from: 'nowhere' } })).toMatchObject({
      status: 404,
      body: { code: 'EXPERIMENT_NOT_FOUND' },
    });
  });

  it('warn of a draft that cannot conclude, going by the experiment before it', async () => {
    const hopeless = await draft('hopeless', { primary: 'quality_score', minimumEffect: 0.01 });
    expect(hopeless.status).toBe(201);
    const warning = hopeless.body.warnings.find(({ code }: { code: string }) => code === 'CANNOT_CONCLUDE');
    expect(warning.message).toMatch(
      /^Going by earlier, this cannot conclude in time\. .* but maximumDays is 60\. In 56 days/,
    );
    expect(codes(await server.call('GET', '/v1/experiments/hopeless'))).toContain('CANNOT_CONCLUDE');
    const mended = await server.call('PATCH', '/v1/experiments/hopeless', {
      metrics: { primary: 'quality_score', minimumEffect: 0.5 },
    });
    expect(mended.status).toBe(200);
    expect(codes(mended)).not.toContain('CANNOT_CONCLUDE');
    const elsewhere = await draft(
      'elsewhere',
      { primary: 'quality_score', minimumEffect: 0.01 },
      { unit: 'tenant' },
    );
    expect(codes(elsewhere)).not.toContain('CANNOT_CONCLUDE');
    const unaimed = await draft('unaimed', { primary: 'quality_score' });
    expect(codes(unaimed)).not.toContain('CANNOT_CONCLUDE');
  });

  it('are described in OpenAPI, and made by whoever may read', async () => {
    const { body } = await server.call('GET', '/docs/json');
    expect(body.paths['/v1/plans'].post).toMatchObject({
      tags: ['plans'],
      summary: expect.stringContaining('units and days'),
    });
    const route = listRoutes(server.app).find(({ path }) => path === '/v1/plans');
    expect(route).toMatchObject({ method: 'POST', access: 'read' });
  });
});
