import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { DueStepStore } from '../../src/lifecycle/due-step.store.js';
import { startServer, type StartedServer } from './server.fixture.js';

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'user_rating', window: 'PT1H' },
  guardrails: [],
};

describe('an experiment that runs again', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  const post = async (path: string, body: object = {}) => {
    const answer = await server.call('POST', `/v1/experiments${path}`, body);
    expect({ path, status: answer.status }).toEqual({ path, status: path === '' ? 201 : 200 });
  };
  const due = async (key: string) => {
    const experiment = await server.app.get(ExperimentsService, { strict: false }).find(key);
    const steps = await server.app.get(DueStepStore, { strict: false }).list(experiment.id);
    return steps
      .filter(({ dueAt }) => dueAt !== null)
      .map(({ kind }) => kind)
      .sort();
  };

  it.each<[string, string[]]>([
    ['after a kill and its lifting', ['kill', 'resume', 'resume']],
    ['after a pause', ['pause', 'resume']],
  ])('%s is watched, looked at and ended', async (name, actions) => {
    const key = name.replaceAll(/\W/g, '-');
    await post('', { ...definition, key, allocation: { mode: 'bandit', reward: 'user_rating' } });
    for (const action of ['start', ...actions]) await post(`/${key}/${action}`, { reason: 'x' });
    expect(await due(key)).toEqual(['bandit', 'end', 'guardrail', 'look']);
  });

  it('after a rollout from its conclusion that was taken back is looked at again', async () => {
    await post('', { ...definition, key: 'back' });
    for (const action of ['start', 'conclude']) await post(`/back/${action}`);
    const stages = [{ percent: 75, hold: 'PT1H' }, { percent: 100 }];
    await post('/back/rollout', { winner: 'b', stages });
    for (const action of ['rollout/abort', 'resume']) await post(`/back/${action}`, { reason: 'x' });
    expect(await due('back')).toEqual(['end', 'guardrail', 'look']);
  });

  it('does not start where its end has passed, and never runs longer than its plan says', async () => {
    const past = new Date(server.now().getTime() + 1_000).toISOString();
    await post('', { ...definition, key: 'late', endsAt: past });
    server.advance(5_000);
    const refused = await server.call('POST', '/v1/experiments/late/start', {});
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/endsAt' }] } });
    await post('', { ...definition, key: 'for-ever', endsAt: '9999-12-31T00:00:00Z' });
    await post('/for-ever/start');
    const { body } = await server.call('GET', '/v1/experiments/for-ever');
    const days = (Date.parse(body.endsAt) - Date.parse(body.startedAt)) / 86_400_000;
    expect(days).toBeCloseTo(60, 6);
  });

  it.each<[string, object, string]>([
    [
      'a guardrail that no value can breach',
      { guardrails: [{ metric: 'error', above: 10, action: 'kill' }] },
      '/guardrails/0/above',
    ],
    [
      'a guardrail that every value breaches',
      { guardrails: [{ metric: 'error', above: -1, action: 'kill' }] },
      '/guardrails/0/above',
    ],
    ['a ramp of a million years', { ramp: [{ after: 'P365000000D', coverage: 5 }] }, '/ramp/0/after'],
  ])('cannot have %s', async (_, rest, pointer) => {
    const answer = await server.call('POST', '/v1/experiments', { ...definition, ...rest, key: 'never' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  });

  it('refuses a pass whose duration is none', async () => {
    await post('', { ...definition, key: 'forced' });
    const answer = await server.call('POST', '/v1/experiments/forced/force', { variant: 'a', expires: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/expires' }] } });
  });
});
