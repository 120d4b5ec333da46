import { startServer, type Answer, type StartedServer } from './server.fixture.js';

const definition = {
  control: 'control',
  variants: [{ key: 'control' }, { key: 'treatment', config: { temperature: 1 } }],
  metrics: { primary: 'user_rating' },
  guardrails: [],
};
const units = Array.from({ length: 200 }, (_, number) => `user-${number}`);

describe('experiments of one layer, over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const create = async (key: string, layer: string, percent: number, rest: object = {}) => {
    const body = { ...definition, key, layer: { key: layer, percent }, ...rest };
    expect((await server.call('POST', '/v1/experiments', body)).status).toBe(201);
  };
  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const begin = async (key: string, layer: string, percent: number, rest: object = {}) => {
    await create(key, layer, percent, rest);
    return act(key, 'start');
  };
  const reasons = async (key: string) => {
    const answers = units.map((unit) =>
      server.call('POST', '/v1/assignments', { experiment: key, unit, peek: true }),
    );
    return (await Promise.all(answers)).map(({ body }) => body.reason as string);
  };
  const slotsOf = async (key: string) =>
    (await server.call('GET', `/v1/experiments/${key}`)).body.layer.slots as [number, number][];

  it('share out their units: each meets exactly one of them, and the fallback of the others', async () => {
    expect((await begin('a', 'prompts', 30)).body.layer).toEqual({
      key: 'prompts',
      percent: 30,
      slots: [[0, 3_000]],
    });
    expect((await begin('b', 'prompts', 70)).body.layer.slots).toEqual([[3_000, 10_000]]);
    const [a, b] = [await reasons('a'), await reasons('b')];
    units.forEach((_, index) => expect([a[index], b[index]].sort()).toEqual(['excluded', 'split']));
    const one = await server.call('POST', '/v1/assignments', {
      experiment: 'a',
      unit: 'user-0',
      explain: true,
    });
    const step = one.body.explanation.steps.find(({ check }: { check: string }) => check === 'layer');
    expect(step).toMatchObject({
      passed: one.body.reason === 'split',
      evidence: { layer: 'prompts', slots: [[0, 3_000]] },
    });
  });

  it('are refused when the layer has not that much left, naming who holds it', async () => {
    await begin('first', 'full', 80);
    const refused = await begin('second', 'full', 20.01);
    expect(refused).toMatchObject({ status: 409, body: { code: 'LAYER_FULL' } });
    expect(refused.body.detail).toContain('of which 20 % is free; the rest is held by "first" (80 %)');
    expect((await server.call('GET', '/v1/experiments/second')).body).toMatchObject({
      status: 'draft',
      layer: { slots: null },
    });
    await server.call('PATCH', '/v1/experiments/second', { layer: { key: 'full', percent: 20 } });
    expect((await act('second', 'start')).body.layer.slots).toEqual([[8_000, 10_000]]);
    const late = await server.call('PATCH', '/v1/experiments/second', { layer: null });
    expect(late.body.code).toBe('EXPERIMENT_LOCKED');
  });

  it('never get the same slots, however many start at once', async () => {
    const keys = Array.from({ length: 8 }, (_, number) => `rival-${number}`);
    for (const key of keys) await create(key, 'contested', 30);
    const answers: Answer[] = await Promise.all(keys.map((key) => act(key, 'start')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409, 409, 409, 409]);
    const started = keys.filter((_, index) => answers[index]?.status === 200);
    const claimed = (await Promise.all(started.map(slotsOf))).flat();
    expect(claimed.sort(([a], [b]) => a - b)).toEqual([
      [0, 3_000],
      [3_000, 6_000],
      [6_000, 9_000],
    ]);
  });

  it('hold their slots from the moment they are scheduled', async () => {
    const startsAt = new Date(server.now().getTime() + 3_600_000).toISOString();
    const scheduled = await begin('tomorrow', 'planned', 60, { startsAt });
    expect(scheduled.body).toMatchObject({ status: 'scheduled', layer: { slots: [[0, 6_000]] } });
    expect((await begin('today', 'planned', 50)).body.code).toBe('LAYER_FULL');
    const { body } = await server.call('GET', '/v1/layers');
    expect(body.layers.find(({ key }: { key: string }) => key === 'planned')).toEqual({
      key: 'planned',
      free: 40,
      experiments: [
        { experiment: 'tomorrow', status: 'scheduled', percent: 60, slots: [[0, 6_000]] },
        { experiment: 'today', status: 'draft', percent: 50, slots: null },
      ],
    });
  });

  it('give their slots back when concluded, and ship to everyone; a holdback keeps them until the archive', async () => {
    await begin('done', 'reused', 50);
    await begin('watched', 'reused', 50, { holdback: 20 });
    await act('done', 'conclude', { variant: 'treatment' });
    expect(new Set(await reasons('done'))).toEqual(new Set(['shipped']));
    await act('watched', 'conclude', { variant: 'treatment' });
    expect((await begin('next', 'reused', 60)).body.code).toBe('LAYER_FULL');
    await act('watched', 'archive');
    expect((await act('next', 'start')).body.layer.slots).toEqual([[0, 6_000]]);
    const back = await act('done', 'rollout', {
      winner: 'treatment',
      stages: [{ percent: 75, hold: 'PT1H' }, { percent: 100 }],
    });
    expect(back.body.code).toBe('LAYER_FULL');
    expect(back.body.detail).toContain('they are held by "next" now');
  });

  it('are asked to share a layer when they set the same parameter', async () => {
    await begin('warm', 'unshared', 10);
    await create('warmer', 'another', 10);
    const { warnings } = (await act('warmer', 'start')).body;
    const messages = warnings
      .filter(({ code }: { code: string }) => code === 'SHARED_PARAMETER')
      .map(({ message }: { message: string }) => message);
    expect(messages).toEqual([expect.stringMatching(/"warm".* under way/)]);
  });
});
