import { randomUUID } from 'node:crypto';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { dumpOf } from '../generations/dump.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const experiment = 'exp_summarize_v2';
const text =
  'The meeting moved from Tuesday to Thursday. Bring the budget draft to ann@example.org. Parking is closed.';

interface Answered {
  readonly summary: string;
  readonly token: string;
}

describe('feedback on an answer', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
  });
  afterAll(() => server.close());

  const summarize = async (user: string, asked = text): Promise<Answered> => {
    const { status, body } = await server.call(
      'POST',
      '/api/summarize',
      { text: asked },
      { 'x-user-id': user },
    );
    expect(status).toBe(200);
    await server.app.get(GenerationLog, { strict: false }).drained();
    return { summary: body.summary, token: body.experiment.token };
  };
  const feedback = (body: object) => server.call('POST', '/v1/feedback', body);
  /** All values of a metric that were recorded, whoever they are of. */
  const recorded = async (metric: string, key = experiment): Promise<number[]> => {
    const { body } = await server.call('GET', `/v1/experiments/${key}/export?kind=outcomes`);
    return String(body)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { metrics: Record<string, number> }).metrics[metric])
      .filter((value) => value !== undefined);
  };

  it('compares the final text with the logged answer, and the latest counts', async () => {
    const { summary, token } = await summarize('editor');
    expect((await feedback({ token, finalText: `${summary} Thanks!` })).status).toBe(202);
    expect(await recorded('edit_distance')).toEqual([8]);
    expect((await feedback({ token, finalText: summary, metrics: { user_rating: 4 } })).status).toBe(202);
    expect(await recorded('edit_distance')).toEqual([0]);
    expect(await recorded('user_rating')).toEqual([4]);
  });

  it('takes no number of a client for a distance that it has computed', async () => {
    const { summary, token } = await summarize('number sender');
    const before = await recorded('edit_distance');
    const added = async () => (await recorded('edit_distance')).filter((value) => !before.includes(value));
    expect((await feedback({ token, metrics: { edit_distance: 99 } })).status).toBe(202);
    expect(await added()).toEqual([99]);
    expect((await feedback({ token, finalText: `${summary}!` })).status).toBe(202);
    expect((await feedback({ token, metrics: { edit_distance: 77 } })).status).toBe(202);
    expect(await added()).toEqual([1]);
  });

  it('finds no change where only what the log took out is different, and keeps nothing of the text', async () => {
    const { summary, token } = await summarize('private', 'Write to ann@example.org. That is all.');
    const before = await recorded('edit_distance');
    expect(summary).toContain('ann@example.org');
    await feedback({ token, finalText: summary });
    await feedback({ token, finalText: `${summary} CANARY-7731` });
    const now = await recorded('edit_distance');
    expect(now).toHaveLength(before.length + 1);
    expect(now).toContain(' CANARY-7731'.length);
    expect(await dumpOf(server)).not.toContain('CANARY-7731');
  });

  it('refuses a final text whose answer is not logged, and says what to send instead', async () => {
    const created = await server.call('POST', '/v1/experiments', {
      key: 'elsewhere',
      control: 'a',
      variants: [
        { key: 'a', config: { systemPrompt: 'A.' } },
        { key: 'b', config: { systemPrompt: 'B.' } },
      ],
      metrics: { primary: 'edit_distance' },
    });
    expect(created.status).toBe(201);
    await server.call('POST', '/v1/experiments/elsewhere/start', {});
    const { body } = await server.call('POST', '/v1/assignments', {
      experiment: 'elsewhere',
      unit: randomUUID(),
    });
    const refused = await feedback({ token: body.token, finalText: 'Mine.' });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'ANSWER_NOT_LOGGED', errors: [{ pointer: '/finalText' }] },
    });
    expect(refused.body.detail).toContain('edit_distance');
    expect((await feedback({ token: body.token, metrics: { edit_distance: 12 } })).status).toBe(202);
    expect(await recorded('edit_distance', 'elsewhere')).toEqual([12]);
  });

  it('takes copied and thumbs from a browser, and no edit distance beside the text that it is computed from', async () => {
    const { token, summary } = await summarize('copier');
    expect((await feedback({ token, metrics: { copied: true, thumbs_up: false } })).status).toBe(202);
    expect(await recorded('copied')).toEqual([1]);
    expect(await recorded('thumbs_up')).toEqual([0]);
    const both = await feedback({ token, finalText: summary, metrics: { edit_distance: 0 } });
    expect(both).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', errors: [{ pointer: '/metrics/edit_distance' }] },
    });
    expect(await feedback({ token })).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await feedback({ token: null, metrics: { user_rating: 1 } })).toMatchObject({
      status: 400,
      body: {
        errors: [{ pointer: '/token', message: expect.stringMatching(/must be a string.*received null/) }],
      },
    });
  });

  it('records a retry of the earlier interaction, and a first question as none', async () => {
    const named = await server.call('GET', `/v1/experiments/${experiment}`);
    expect(named.body.metrics.secondary).not.toContain('retried');
    const asked = 'Explain the budget in one paragraph. It has three parts. The first is rent.';
    await summarize('asker', asked);
    await summarize('asker', 'A wholly different text about trains. They run late. Bring a book.');
    expect(await recorded('retried')).toEqual([]);
    await summarize('asker', asked.replace('rent', 'the rent'));
    await summarize('somebody else', asked);
    await eventually(async () => expect(await recorded('retried')).toEqual([1]));
    const { body } = await server.call('GET', `/v1/experiments/${experiment}/export?kind=generations`);
    const first = String(body)
      .split('\n')
      .filter((line) => line.includes('The first is rent'))
      .map((line) => (JSON.parse(line) as { interaction: string }).interaction);
    const outcomes = String(
      (await server.call('GET', `/v1/experiments/${experiment}/export?kind=outcomes`)).body,
    );
    const retried = outcomes.split('\n').find((line) => line.includes('"retried":1')) ?? '{}';
    expect(first).toContain(JSON.parse(retried).interaction);
  });

  it('counts 0 for every interaction until it is retried, once the experiment names the metric', async () => {
    const { body: before } = await server.call('GET', `/v1/experiments/${experiment}`);
    const guardrails = [...before.guardrails, { metric: 'retried', above: 0.9, action: 'pause' }];
    const patched = await server.call('PATCH', `/v1/experiments/${experiment}`, { guardrails });
    expect(patched.status).toBe(200);
    const known = (await recorded('retried')).length;
    for (const unit of ['one', 'two', 'three']) await summarize(unit, `${text} Asked by ${unit}.`);
    await eventually(async () => expect((await recorded('retried')).slice(known)).toHaveLength(3));
    await summarize('two', `${text} Asked by two!`);
    const values = async () => (await recorded('retried')).sort().join('');
    await eventually(async () => expect(await values()).toBe(`${'0'.repeat(3)}${'1'.repeat(known + 1)}`));
  });
});

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await check();
    } catch (error) {
      if (attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
