import { LookJob } from '../../src/analysis/looks/look.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

const day = 86_400_000;

const definition = {
  name: 'Shorter [summaries](http://x)',
  hypothesis: 'Shorter summaries are rated higher.',
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'Summarize.' } },
    { key: 'treatment', config: { systemPrompt: 'Summarize in 2 sentences.' } },
  ],
  metrics: { primary: 'user_rating', secondary: ['cost_usd'], window: 'P1D', minimumEffect: 0.1 },
  plan: { minimumDays: 1 },
};

describe('the announcement over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const read = async (key: string) => {
    const answer = await server.call('GET', `/v1/experiments/${key}/report.md`);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/markdown; charset=utf-8' },
    });
    return String(answer.body);
  };
  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const start = async (key: string) => {
    await server.call('POST', '/v1/experiments', { ...definition, key });
    await act(key, 'start');
  };
  const come = async (key: string, count: number, prefix: string) => {
    const outcomes: object[] = [];
    for (let unit = 0; unit < count; unit += 1) {
      const { variant, token } = (
        await server.call('POST', '/v1/assignments', { experiment: key, unit: `${prefix}${unit}` })
      ).body;
      const better = variant === 'treatment' ? 1 : 0;
      const metrics = { user_rating: 3 + better + (unit % 2), cost_usd: 0.004 - 0.001 * better };
      outcomes.push({ id: `${prefix}${unit}`, token, metrics });
    }
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).status).toBe(202);
  };
  const look = async () => server.app.get(LookJob, { strict: false }).tick();

  it('is a draft while the experiment runs, and frozen when the rollout begins, with what waiting cost', async () => {
    await start('told');
    await come('told', 200, 'a');
    expect(await read('told')).toMatch(/^# Draft: Shorter \\\[summaries\\\]\\\(http:\/\/x\\\)\n/);
    server.advance(2.5 * day);
    await look();
    await come('told', 100, 'b');
    server.advance(1.5 * day);
    const started = await act('told', 'rollout', { winner: 'treatment' });
    expect(started.status).toBe(200);
    const frozen = await read('told');
    expect(frozen).toMatch(/^# Shorter/);
    expect(frozen).toContain('Shorter summaries are rated higher.');
    expect(frozen).toMatch(
      /\*\*user\\?_rating\*\* \(more is better\): 3\.\d+ in `control`, 4\.\d+ in `treatment`/,
    );
    expect(frozen).toMatch(/`treatment` saves 0\.001 USD a request \(25 %\)/);
    expect(frozen).toMatch(/Since then \d+ units met a worse variant: units times what each missed make \d+/);
    expect(frozen).toMatch(/\*\*roll out\*\* `treatment`, by person:/);
    await come('told', 50, 'c');
    server.advance(day);
    expect(await read('told')).toBe(frozen);
  });

  it('is a draft again once a rollout is taken back, and frozen at the conclusion where none began', async () => {
    await act('told', 'rollout/abort', { reason: 'complaints' });
    expect(await read('told')).toMatch(/^# Draft/);
    await act('told', 'conclude', { reason: 'not worth it' });
    const concluded = await read('told');
    expect(concluded).toMatch(/\*\*conclude\*\* `control`, by person:.* not worth it\./);
    await act('told', 'archive');
    expect(await read('told')).toBe(concluded);
  });

  it('says of an experiment without data that nothing is known yet', async () => {
    await start('silent');
    const text = await read('silent');
    expect(text).toMatch(/^# Draft/);
    expect(text).toContain('nothing yet in `control`');
    expect((await server.call('GET', '/v1/experiments/nobody/report.md')).status).toBe(404);
  });
});
