import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { configHash } from '../../src/experiments/config-hash.js';
import { dumpOf } from '../generations/dump.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const url = '/v1/experiments/exp_summarize_v2';
const text =
  'The meeting moved from Tuesday to Thursday. Bring the budget draft. Parking is closed, so take the train.';

describe('the generation log over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
  });
  afterAll(() => server.close());

  const summarize = async (user: string, sent = text) => {
    const { status, body } = await server.call(
      'POST',
      '/api/summarize',
      { text: sent },
      { 'x-user-id': user },
    );
    expect(status).toBe(200);
    await server.app.get(GenerationLog, { strict: false }).drained();
    return body;
  };
  const list = async (query = '') => {
    const { status, body } = await server.call('GET', `${url}/generations${query}`);
    expect(status).toBe(200);
    return body;
  };

  it('shows what was asked and answered, by which prompt and model, what it took and what it cost', async () => {
    const answer = await summarize('shown');
    const { body: experiment } = await server.call('GET', url);
    const variant = experiment.variants.find(({ key }: { key: string }) => key === answer.experiment.variant);
    const { generations } = await list('?unit=shown');
    expect(generations).toMatchObject([
      {
        variant: variant.key,
        reason: 'split',
        promptVersion: variant.promptVersion,
        configHash: configHash(variant.config),
        asConfigured: true,
        outcome: 'finished',
        provider: 'simulated',
        requestedModel: variant.config.model,
        prompt: { systemPrompt: variant.config.systemPrompt, messages: [{ role: 'user', text }] },
        response: answer.summary,
        responseLength: answer.summary.length,
        usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
        detail: 'full',
      },
    ]);
  });

  it('is read page by page, the newest first, and by variant, unit and outcome', async () => {
    for (let user = 0; user < 12; user++) await summarize(`paged-${user}`);
    const all = (await list('?limit=100')).generations;
    const ids = all.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    const first = await list('?limit=5');
    const second = await list(`?limit=100&cursor=${first.cursor}`);
    expect([...first.generations, ...second.generations]).toEqual(all);
    expect(second.cursor).toBeNull();
    const treated = (await list('?limit=100&variant=treatment')).generations;
    expect(treated).toEqual(all.filter(({ variant }: { variant: string }) => variant === 'treatment'));
    expect(treated.length).toBeGreaterThan(0);
    expect((await list('?outcome=failed')).generations).toEqual([]);
    expect((await server.call('GET', `${url}/generations?outcome=odd`)).status).toBe(400);
  });

  it('shows beside an answer what was measured of it, once that is asked for', async () => {
    const answer = await summarize('rated');
    const rated = await server.call(
      'POST',
      '/api/feedback',
      { experimentId: 'exp_summarize_v2', rating: 4, token: answer.experiment.token },
      { 'x-user-id': 'rated' },
    );
    expect(rated.body).toEqual({ recorded: true });
    const [measured] = (await list('?unit=rated&measured=true')).generations;
    expect(measured.measured).toContainEqual({
      metric: 'user_rating',
      value: 4,
      at: expect.stringMatching(/^\d{4}-/),
    });
    expect((await list('?unit=rated')).generations[0]).not.toHaveProperty('measured');
  });

  it('is exported whole, one line for each', async () => {
    const { status, body } = await server.call('GET', `${url}/export?kind=generations`);
    expect(status).toBe(200);
    const lines = body
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line).id);
    const all = (await list('?limit=100')).generations.map(({ id }: { id: string }) => id);
    expect(lines).toEqual([...all].reverse());
  });

  it('counts what was really served in the report', async () => {
    const { body } = await server.call('GET', `${url}/results`);
    const { receipts, warnings } = body.health;
    const all = (await list('?limit=100')).generations;
    expect(receipts).toMatchObject({
      log: { mode: 'full' },
      generations: all.length,
      otherModel: 0,
      otherConfig: 0,
      fallbacks: 0,
      withoutVariant: 0,
      dropped: 0,
    });
    expect(receipts.models.map(({ variant }: { variant: string }) => variant)).toEqual([
      'control',
      'treatment',
    ]);
    const codes = warnings.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('MODEL_CHANGED');
    expect(codes).not.toContain('CONFIG_MISMATCH');
  });

  it('never holds what is redacted', async () => {
    const answer = await summarize(
      'redacted',
      'Write to canary-mail@example.com about it. The card is 4111 1111 1111 1111.',
    );
    const [logged] = (await list('?unit=redacted')).generations;
    expect(logged.prompt.messages[0].text).toBe('Write to [e-mail] about it. The card is [card].');
    expect(logged.response).toBe(
      answer.summary.replace('canary-mail@example.com', '[e-mail]').replace('4111 1111 1111 1111', '[card]'),
    );
    expect(await dumpOf(server)).not.toMatch(/canary-mail|4111 1111/);
  });

  it('is switched while an experiment runs: metadata without texts, and nothing at all', async () => {
    for (const [mode, user] of [
      ['metadata', 'metadata-canary'],
      ['off', 'off-canary'],
    ] as const) {
      expect(await server.call('PATCH', url, { generationLog: mode })).toMatchObject({
        status: 200,
        body: { generationLog: { mode } },
      });
      await summarize(user, `The ${user} sings. It is in no table.`);
    }
    const [metadata] = (await list('?unit=metadata-canary')).generations;
    expect(metadata).toMatchObject({ detail: 'metadata', prompt: null, response: null, outcome: 'finished' });
    expect(metadata.responseLength).toBeGreaterThan(0);
    expect((await list('?unit=off-canary')).generations).toEqual([]);
    expect(await dumpOf(server)).not.toMatch(/canary sings/);
    const { receipts } = (await server.call('GET', `${url}/results`)).body.health;
    expect(receipts).toMatchObject({
      log: { mode: 'off' },
      generations: (await list('?limit=100')).generations.length + 1,
    });
    await server.call('PATCH', url, { generationLog: null });
  });

  it('shows its state in /health and /metrics', async () => {
    const { body } = await server.call('GET', '/health');
    expect(body.details.generationLog).toMatchObject({ status: 'up', waiting: 0, dropped: 0 });
    const { body: metrics } = await server.call('GET', '/metrics');
    expect(metrics).toMatch(/^assay_generations_logged_total \d+$/m);
    expect(metrics).toMatch(/^assay_generations_dropped_total 0$/m);
  });
});
