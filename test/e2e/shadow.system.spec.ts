import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { ShadowJob } from '../../src/shadow/shadow.job.js';
import { dataSourceOf } from '../judging/logged-answers.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const experiment = 'exp_summarize_v2';
const path = `/v1/experiments/${experiment}/shadow`;
const candidate = { model: 'claude-haiku-4-5', systemPrompt: 'Summarize in one sentence.', maxTokens: 200 };

describe('a shadow run', () => {
  let server: StartedServer;
  /** Prompts that the control answered. */
  let prompts = 0;
  beforeAll(async () => {
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
    server.stopTimers();
    for (let user = 0; user < 24; user++) {
      const text = `The meeting moved to Thursday. Bring draft ${user}. Parking is closed. Take the train.`;
      // Of the simulated answers one in some hundred fails, as real ones do.
      const { body, status } = await server.call(
        'POST',
        '/api/summarize',
        { text },
        { 'x-user-id': `u${user}` },
      );
      if (status === 200 && body.experiment.variant === 'control') prompts += 1;
    }
    await server.app.get(GenerationLog, { strict: false }).drained();
    expect(prompts).toBeGreaterThan(4);
  }, 120_000);
  afterAll(() => server.close());

  const tick = () => server.app.get(ShadowJob, { strict: false }).tick();
  const latest = async () => (await server.call('GET', path)).body.runs[0];
  const stop = () => server.call('POST', `${path}/stop`, {});
  const exported = async (kind: string) =>
    (await server.call('GET', `/v1/experiments/${experiment}/export?kind=${kind}`)).body as string;

  it('asks the candidate what the control was asked, compares the two, and nothing of it counts', async () => {
    const before = [await exported('outcomes'), await exported('generations'), await exported('assignments')];
    const started = await server.call('POST', path, { config: candidate, budgetUsd: 1 });
    expect(started).toMatchObject({
      status: 201,
      body: { status: 'running', share: 1, limit: 100, answers: 0 },
    });
    await tick();
    const run = await latest();
    expect(run).toMatchObject({ status: 'running', answers: prompts });
    const failed = Object.values(run.failures as Record<string, number>).reduce(
      (sum, count) => sum + count,
      0,
    );
    expect(failed).toBeLessThan(prompts / 2);
    expect(run.spentUsd).toBeGreaterThan(0);
    expect(run.candidate.costUsd * (prompts - failed)).toBeLessThanOrEqual(run.spentUsd + 1e-12);
    for (const figures of [run.control, run.candidate])
      expect(figures).toEqual({
        latencyMilliseconds: expect.any(Number),
        responseLength: expect.any(Number),
        costUsd: expect.any(Number),
        judgeScore: null,
      });
    // Each prompt is asked once.
    await tick();
    expect((await latest()).answers).toBe(prompts);
    const after = [await exported('outcomes'), await exported('generations'), await exported('assignments')];
    expect(after).toEqual(before);
  });

  it('is one at a time, and ends when it is told to', async () => {
    const second = await server.call('POST', path, { config: candidate, budgetUsd: 1 });
    expect(second).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await stop()).body.runs[0]).toMatchObject({ status: 'ended', reason: 'stopped' });
  });

  it('ends at its limit', async () => {
    await server.call('POST', path, { config: candidate, budgetUsd: null, limit: 3 });
    await tick();
    expect(await latest()).toMatchObject({ status: 'ended', reason: 'limit', answers: 3 });
  });

  it('never spends more than its budget', async () => {
    const all = (await server.call('GET', path)).body.runs.at(-1);
    const budgetUsd = (2.9 * all.spentUsd) / prompts;
    await server.call('POST', path, { config: candidate, budgetUsd });
    await tick();
    const run = await latest();
    expect(run).toMatchObject({ status: 'ended', reason: 'budget' });
    expect(run.answers).toBeGreaterThan(0);
    expect(run.spentUsd).toBeLessThanOrEqual(budgetUsd);
  });

  it('ends at once where nobody can tell what it costs, unless there is no budget', async () => {
    const unknown = { ...candidate, model: 'house-model-1' };
    await server.call('POST', path, { config: unknown, budgetUsd: 1 });
    await tick();
    expect(await latest()).toMatchObject({ status: 'ended', reason: 'price-unknown' });
  });

  it('takes only a share of the prompts', async () => {
    await server.call('POST', path, { config: candidate, budgetUsd: null, share: 1e-9 });
    await tick();
    expect(await latest()).toMatchObject({ status: 'running', answers: 0, candidate: { costUsd: null } });
    await stop();
  });

  it('is left to the process that works on it, until its lease is over', async () => {
    await server.call('POST', path, { config: candidate, budgetUsd: null, limit: 2 });
    const until = new Date(server.now().getTime() + 90_000);
    await dataSourceOf(server).query(
      `UPDATE shadow_run SET leased_by = gen_random_uuid(), leased_until = $1 WHERE status = 'running'`,
      [until],
    );
    await tick();
    expect(await latest()).toMatchObject({ status: 'running', answers: 0 });
    server.advance(90_001);
    await tick();
    expect(await latest()).toMatchObject({ status: 'ended', reason: 'limit', answers: 2 });
  });

  it.each<[string, object, string, string]>([
    [
      'an empty config',
      { config: {}, budgetUsd: 1 },
      '/config',
      'is empty; give what the candidate is to be',
    ],
    ['no budget', { config: candidate }, '/budgetUsd', 'null for no budget'],
    ['a budget in words', { config: candidate, budgetUsd: 'one' }, '/budgetUsd', 'null for no budget'],
  ])('says what to give where it is sent %s', async (_name, body, pointer, words) => {
    expect(await server.call('POST', path, body)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', errors: [{ pointer, message: expect.stringContaining(words) }] },
    });
  });

  it('refuses a config that cannot be sent', async () => {
    const refused = await server.call('POST', path, {
      config: { ...candidate, temprature: 1 },
      budgetUsd: 1,
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', errors: [{ pointer: '/config/temprature' }] },
    });
  });
});
