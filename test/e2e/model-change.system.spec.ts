import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { ModelWatch } from '../../src/model-watch/model-watch.service.js';
import { patience } from '../../src/model-watch/model-watch.js';
import { dialects } from '../llm/dialects.fixture.js';
import { answering, ProviderServer } from '../llm/provider-server.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const path = '/v1/experiments/exp_summarize_v2';

describe('a provider that puts another model behind its name', () => {
  let provider: ProviderServer;
  let server: StartedServer;
  let users = 0;
  beforeAll(async () => {
    provider = await ProviderServer.start(dialects.openai);
    server = await startServer({ OPENAI_BASE_URL: provider.url });
    server.stopTimers();
  });
  afterAll(async () => {
    await server.close();
    await provider.stop();
  });

  /** So many users are answered by that model. */
  const answers = async (model: string, count: number) => {
    provider.plan(answering, { model });
    for (let number = 0; number < count; number += 1) {
      const headers = { 'x-user-id': `user-${users++}` };
      const { status } = await server.call(
        'POST',
        '/api/summarize',
        { text: 'It rains. It pours.' },
        headers,
      );
      expect(status).toBe(200);
    }
    await server.app.get(GenerationLog, { strict: false }).drained();
  };
  const look = () => server.app.get(ModelWatch, { strict: false }).lookAtAll();
  const epochs = async () => (await server.call('GET', `${path}/epochs`)).body.epochs;
  const decisions = async () => (await server.call('GET', `${path}/decisions`)).body.decisions;

  it('opens one weight epoch with the weights as they were, however many look at once', async () => {
    await answers('claude-haiku-4-5-20251001', 3);
    expect(await look()).toBe(0);
    await answers('claude-haiku-4-5-20260930', patience - 1);
    expect(await look()).toBe(0);
    expect(await epochs()).toHaveLength(1);
    await answers('claude-haiku-4-5-20260930', 1);
    const noted = await Promise.all([look(), look(), look(), look()]);
    expect(noted.toSorted()).toEqual([0, 0, 0, 1]);
    expect(await look()).toBe(0);

    const [second, first, ...rest] = await epochs();
    expect(rest).toEqual([]);
    const models = [
      {
        requestedModel: 'claude-haiku-4-5',
        variants: ['control', 'treatment'],
        before: { model: 'claude-haiku-4-5-20251001', fingerprint: 'fp_1', lastAt: expect.any(String) },
        after: { model: 'claude-haiku-4-5-20260930', fingerprint: 'fp_1', firstAt: expect.any(String) },
        answers: patience,
      },
    ];
    expect(second).toMatchObject({
      number: 2,
      cause: 'model-change',
      weights: first.weights,
      coverage: first.coverage,
      phase: 0,
      evidence: { models },
    });
    const reason =
      'claude-haiku-4-5 is answered by claude-haiku-4-5-20260930 (fp_1), no longer by claude-haiku-4-5-20251001 (fp_1)';
    const [last, ...earlier] = await decisions();
    expect(last).toMatchObject({
      actor: 'model-watch',
      action: 'note model change',
      reason,
      evidence: { models },
    });
    expect(earlier.map(({ action }: { action: string }) => action)).not.toContain('note model change');
  });

  it('leaves every unit with its variant, and counts new ones in the new epoch', async () => {
    const assigned = await server.call('POST', '/v1/assignments', {
      experiment: 'exp_summarize_v2',
      unit: 'user-0',
    });
    const { body } = await server.call('GET', `${path}/generations?unit=user-0`);
    expect(assigned.body.variant).toBe(body.generations[0].variant);
    const fresh = await server.call('POST', '/v1/assignments', {
      experiment: 'exp_summarize_v2',
      unit: 'a fresh one',
    });
    expect([assigned.body.reason, fresh.body.reason]).toEqual(['split', 'split']);
    const { generations } = (await server.call('GET', `${path}/generations?unit=user-${users - 1}`)).body;
    expect(generations[0].epoch).toBe(1);
    await answers('claude-haiku-4-5-20260930', 1);
    const last = (await server.call('GET', `${path}/generations?unit=user-${users - 1}`)).body;
    expect(last.generations[0].epoch).toBe(2);
    expect(await look()).toBe(0);
  });

  it('is shown among the time effects, and notes the way back as another change', async () => {
    const { body } = await server.call('GET', `${path}/results/time`);
    expect(body.modelChanges).toEqual(
      body.effects.map(({ metric, variant }: { metric: string; variant: string }) =>
        expect.objectContaining({ metric, variant, reason: expect.stringContaining('no longer by') }),
      ),
    );
    expect(body.modelChanges.length).toBeGreaterThan(0);
    await answers('claude-haiku-4-5-20251001', patience);
    expect(await look()).toBe(1);
    expect((await epochs()).map(({ cause }: { cause: string }) => cause)).toEqual([
      'model-change',
      'model-change',
      'start',
    ]);
  });

  it('is not looked for while the experiment is paused', async () => {
    await answers('claude-haiku-4-5-20260930', patience);
    expect((await server.call('POST', `${path}/pause`, { reason: 'lunch' })).status).toBe(200);
    expect(await look()).toBe(0);
    expect((await server.call('POST', `${path}/resume`, {})).status).toBe(200);
    expect(await look()).toBe(1);
  });
});
