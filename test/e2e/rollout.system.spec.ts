import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { RolloutJob } from '../../src/rollouts/rollout.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

const second = 1_000;
const day = 86_400 * second;

const variants = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    key: `v${number}`,
    config: { systemPrompt: `P${number}` },
  }));
const definition = {
  control: 'v0',
  metrics: { primary: 'task_completed', window: 'P1D' },
  guardrails: [],
};

describe('a winner’s rollout over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const start = async (key: string, count: number, rest: object = {}) => {
    const body = { ...definition, key, variants: variants(count), ...rest };
    expect((await server.call('POST', '/v1/experiments', body)).status).toBe(201);
    await server.call('POST', `/v1/experiments/${key}/start`);
  };
  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const read = async (key: string) => (await server.call('GET', `/v1/experiments/${key}`)).body;
  const view = async (key: string) => (await server.call('GET', `/v1/experiments/${key}/rollout`)).body;
  const assign = async (experiment: string, unit: string) =>
    (await server.call('POST', '/v1/assignments', { experiment, unit })).body;
  const pass = async (milliseconds: number) => {
    server.advance(milliseconds);
    await server.app.get(RolloutJob, { strict: false }).tick();
  };
  const epochs = async (
    key: string,
  ): Promise<{ cause: string; phase: number; weights: Record<string, number> }[]> =>
    (await server.call('GET', `/v1/experiments/${key}/epochs`)).body.epochs;

  it.each([2, 3, 8])(
    'takes one of %i variants to everyone, each stage summing to exactly 1',
    async (count) => {
      const key = `staged-${count}`;
      const winner = `v${count - 1}`;
      await start(key, count);
      const stages = [
        { percent: 60, hold: 'P1D' },
        { percent: 90, hold: 'P1D' },
        { percent: 97.5, hold: 'P1D' },
        { percent: 100 },
      ];
      expect((await act(key, 'rollout', { winner, stages })).status).toBe(200);
      for (let stage = 0; stage < 3; stage += 1) await pass(day + second);
      const staged = (await epochs(key)).filter(({ cause }) => cause === 'rollout').reverse();
      expect(staged.map(({ weights }) => weights[winner])).toEqual([0.6, 0.9, 0.975, 1]);
      expect(staged.map(({ phase }) => phase)).toEqual([1, 2, 3, 4]);
      for (const { weights } of staged)
        expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(1);
      expect(await read(key)).toMatchObject({ status: 'concluded', decidedVariant: winner });
    },
  );

  it('goes back by itself when the winner does harm in a stage, with the figures as evidence', async () => {
    await start('harmful', 2);
    await act('harmful', 'rollout', {
      winner: 'v1',
      stages: [{ percent: 75, hold: 'P1D' }, { percent: 100 }],
    });
    const outcomes: object[] = [];
    for (let unit = 0; unit < 400; unit += 1) {
      const { variant, token } = await assign('harmful', `u${unit}`);
      outcomes.push({
        id: `o${unit}`,
        token,
        metrics: { task_completed: unit % 10 < (variant === 'v1' ? 2 : 8) },
      });
    }
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).status).toBe(202);
    expect(await view('harmful')).toMatchObject({
      status: 'rolling-out',
      phase: 1,
      nextStageAt: expect.any(String),
      figures: [{ metric: 'task_completed', winner: 'v1', control: 'v0', verdict: 'worse' }],
    });
    await pass(11 * second);
    expect(await read('harmful')).toMatchObject({
      status: 'paused',
      phase: 0,
      rollout: null,
      currentEpoch: { cause: 'abort', weights: { v0: 0.5, v1: 0.5 } },
    });
    const { decisions } = (await server.call('GET', '/v1/experiments/harmful/decisions')).body;
    expect(decisions[0]).toMatchObject({
      actor: 'rollout',
      action: 'abort rollout',
      reason: expect.stringMatching(/^does harm in this stage: task_completed of v1/),
      evidence: { phase: 1, figures: [{ verdict: 'worse' }] },
    });
    expect(await view('harmful')).toMatchObject({ rollout: null, nextStageAt: null, figures: [] });
  });

  it('goes on with a winner that is as good as control', async () => {
    await start('harmless', 2);
    await act('harmless', 'rollout', {
      winner: 'v1',
      stages: [{ percent: 75, hold: 'P1D' }, { percent: 100 }],
    });
    const outcomes: object[] = [];
    for (let unit = 0; unit < 200; unit += 1) {
      const { token } = await assign('harmless', `u${unit}`);
      outcomes.push({ id: `o${unit}`, token, metrics: { task_completed: unit % 2 === 0 } });
    }
    await server.call('POST', '/v1/outcomes', { outcomes });
    await pass(11 * second);
    expect((await read('harmless')).status).toBe('rolling-out');
    await pass(day + second);
    expect((await read('harmless')).status).toBe('concluded');
  });

  it('keeps the holdback on the configuration of before, and serves the winner’s as shipped until archived', async () => {
    await start('kept', 2, { holdback: 20, fallback: { systemPrompt: 'before' } });
    const units = Array.from({ length: 100 }, (_, number) => `u${number}`);
    const groups = await Promise.all(units.map((unit) => assign('kept', unit)));
    const held = units.filter((_, index) => groups[index].reason === 'holdback');
    expect(held.length).toBeGreaterThan(5);
    await act('kept', 'rollout', { winner: 'v1', stages: [{ percent: 75, hold: 'P1D' }, { percent: 100 }] });
    await pass(day + second);
    await server.app.get(ExposureWriter, { strict: false }).drained();
    for (const [index, unit] of units.entries()) {
      const shipped = await assign('kept', unit);
      if (groups[index].reason === 'holdback')
        expect(shipped).toMatchObject({
          variant: null,
          reason: 'holdback',
          config: { systemPrompt: 'before' },
        });
      else
        expect(shipped).toMatchObject({ variant: 'v1', reason: 'shipped', config: { systemPrompt: 'P1' } });
    }
    await act('kept', 'archive');
    expect(await assign('kept', units[0] ?? '')).toMatchObject({ variant: null, reason: 'archived' });
  });
});
