import { verdict } from '../judging/judge-server.fixture.js';
import { judgedServer } from '../judging/judged-server.fixture.js';
import { dataSourceOf, logAnswer } from '../judging/logged-answers.fixture.js';
import type { StartedServer } from './server.fixture.js';

const quality = { kind: 'mean', direction: 'increase', category: 'quality', unit: 'score', min: 1, max: 5 };

describe('labels over HTTP', () => {
  const judged = judgedServer();
  let server: StartedServer;
  /** Variant by answer. */
  const variants = new Map<string, string>();
  const answers = 240;
  const label = (generation: string, value: number, by = 'anna') =>
    server.call('POST', '/v1/labels', { generation, value, by });
  const queue = async (limit = 10, experiment = 'labelled') =>
    server.call('GET', `/v1/labels?experiment=${experiment}&limit=${limit}`);
  const view = async () => (await server.call('GET', '/v1/experiments/labelled/judge')).body;

  beforeAll(async () => {
    ({ server } = judged);
    for (const metric of [
      { ...quality, key: 'expert_score' },
      { ...quality, key: 'judge_score', labels: 'expert_score' },
    ])
      expect((await server.call('POST', '/v1/metrics', metric)).status).toBe(201);
    await judged.begin(
      'labelled',
      { metric: 'judge_score', budgetUsdPerDay: null },
      { metrics: { primary: 'judge_score', window: 'PT1H' } },
    );
    // The judge reads the answer's number, and is a point too kind where it can be.
    judged.model.reply = ({ input }) => verdict(Math.min(5, Number(/Answer (\d)/.exec(input)?.[1]) + 1));
    for (let unit = 0; unit < answers; unit++) {
      const { generation, variant } = await logAnswer(
        server,
        'labelled',
        `u${unit}`,
        `Answer ${(unit % 5) + 1}`,
      );
      variants.set(generation, variant);
    }
    await judged.judge();
  }, 60_000);

  it('are asked of a random sample, as much of each variant, blind to variant and score', async () => {
    const { status, body } = await queue(60);
    expect(status).toBe(200);
    expect(body).toMatchObject({ metric: 'expert_score', rubric: 'Is it true?', scale: { min: 1, max: 5 } });
    expect(Object.keys(body.labels[0]).sort()).toEqual(['answer', 'generation', 'messages']);
    const served = body.labels.map(({ generation }: { generation: string }) => variants.get(generation));
    expect(served.filter((each: string) => each === 'a')).toHaveLength(30);
    // Mixed, not one after the other.
    expect(served.join('')).not.toMatch(/^(ab){30}|(ba){30}$/);
    expect((await queue(60)).body).toEqual(body);
  });

  it('correct the judge in the report, and show how far it agrees', async () => {
    expect(await view()).toMatchObject({ labelMetric: 'expert_score', agreement: { labels: 0 } });
    const { body } = await queue(100);
    for (const { generation, answer } of body.labels as { generation: string; answer: string }[])
      expect((await label(generation, Number(answer.at(-1)))).status).toBe(201);
    const shown = await view();
    expect(shown).toMatchObject({
      labelMetric: 'expert_score',
      agreement: {
        labels: 100,
        labellers: 1,
        overall: { status: 'ok', pairs: 100 },
        drift: { drifted: false },
      },
      failures: { failed: 0 },
    });
    expect(shown.agreement.overall.bias.value).toBeGreaterThan(0.6);
    expect(shown.agreement.overall.kappa.value).toBeLessThan(shown.agreement.overall.correlation.value);
    expect(shown.variants.map(({ labelled }: { labelled: number }) => labelled)).toEqual([50, 50]);
    expect(shown.costUsd).toBeCloseTo(answers * 0.0015, 9);
    server.advance(3_600_000 * 48);
    const { metrics } = (await server.call('GET', '/v1/experiments/labelled/results')).body;
    const score = metrics.find(({ key }: { key: string }) => key === 'judge_score');
    expect(score).toMatchObject({
      estimator: 'judged',
      variants: [{ judged: { labels: 50 } }, { judged: { labels: 50 } }],
    });
    // What people say is 3 on average; the judge alone says 3.8.
    for (const { mean } of score.variants) expect(Math.abs(mean - 3)).toBeLessThan(0.4);
    const report = (await server.call('GET', '/v1/experiments/labelled/report.md')).body;
    expect(report).toContain('what people would have said');
  });

  it('replace what the same person said, and count beside what another says', async () => {
    const generation = (await queue(1)).body.labels[0].generation as string;
    await label(generation, 1);
    await label(generation, 2);
    await label(generation, 4, 'bert');
    const values = await dataSourceOf(server).query(
      `SELECT f."values"[1] AS value FROM outcome f WHERE f.id LIKE '$feedback:label:' || $1 || '%' ORDER BY 1`,
      [generation],
    );
    expect(values.map(({ value }: { value: string }) => Number(value))).toEqual([2, 4]);
    expect(
      (await queue(100)).body.labels.map((each: { generation: string }) => each.generation),
    ).not.toContain(generation);
  });

  it('are refused out of bounds, of an answer that was not judged, and where they correct nothing', async () => {
    const generation = (await queue(1)).body.labels[0].generation as string;
    expect(await label(generation, 6)).toMatchObject({
      status: 400,
      body: {
        code: 'INVALID_REQUEST',
        errors: [{ pointer: '/value', message: expect.stringContaining('6 is above') }],
      },
    });
    expect(await label(crypto.randomUUID(), 3)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    await judged.begin('uncorrected', {});
    expect(await queue(1, 'uncorrected')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(`names no "labels"`) },
    });
    expect(await queue(1, 'exp_summarize_v2')).toMatchObject({ status: 400 });
    expect(await queue(1, 'nowhere')).toMatchObject({ status: 404, body: { code: 'EXPERIMENT_NOT_FOUND' } });
    expect(await server.call('GET', '/v1/experiments/exp_summarize_v2/judge')).toMatchObject({ status: 404 });
  });

  it('are asked of no text that was erased', async () => {
    const before = (await queue(100)).body.labels.length;
    const gone = (await queue(1)).body.labels[0].generation as string;
    await dataSourceOf(server).query(
      `UPDATE generation SET erased_at = now(), prompt = NULL, response = NULL WHERE id = $1`,
      [gone],
    );
    const after = (await queue(100)).body.labels as { generation: string }[];
    expect(after.map(({ generation }) => generation)).not.toContain(gone);
    expect(after.length).toBeGreaterThanOrEqual(before - 1);
  });
});
