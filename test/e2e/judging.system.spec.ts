import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { verdict } from '../judging/judge-server.fixture.js';
import { callUsd, judgeConfig as config, judgedServer } from '../judging/judged-server.fixture.js';
import { logAnswer, type LoggedAnswer } from '../judging/logged-answers.fixture.js';

describe('a judge over HTTP', () => {
  const judged = judgedServer();

  it('scores each logged answer once, as an outcome of its interaction, and keeps reason and cost apart', async () => {
    await judged.begin('once', {});
    judged.model.reply = ({ input }) => verdict(input.includes('Thursday') ? 5 : 2, 'Checked.');
    const right = await logAnswer(judged.server, 'once', 'u1', 'On Thursday.');
    const wrong = await logAnswer(judged.server, 'once', 'u2', 'On Monday.');
    await judged.judge();
    await judged.judge();
    const scores = Object.fromEntries(
      (await judged.outcomes('once')).map(({ interaction, metrics }) => [interaction, metrics]),
    );
    expect(scores).toEqual({
      [right.interaction]: { quality_score: 5 },
      [wrong.interaction]: { quality_score: 2 },
    });
    expect(judged.model.asked).toHaveLength(2);
    expect(await judged.rows('once')).toMatchObject([
      { status: 'recorded', score: 5, reason: 'Checked.', calls: 1, cost_usd: callUsd },
      { status: 'recorded', score: 2, reason: 'Checked.', calls: 1, cost_usd: callUsd },
    ]);
    const { body } = await judged.server.call('GET', '/v1/experiments/once/results');
    expect(body.metrics.map(({ key }: { key: string }) => key)).not.toContain('cost_usd');
  });

  it('is told nothing of variants', async () => {
    await judged.begin('blind', {});
    await logAnswer(judged.server, 'blind', 'u1', 'On Thursday.');
    await judged.judge();
    const [{ system = '', input = '' } = {}] = judged.model.asked;
    expect(`${system}${input}`).not.toMatch(/Prompt of|variant|blind/);
    expect(input).toContain('When is the meeting?');
  });

  it('takes the same share of units in every variant, and nothing that no user saw of a variant', async () => {
    await judged.begin('sampled', { samplingRate: 0.5 });
    const logged: LoggedAnswer[] = [];
    for (let unit = 0; unit < 60; unit++) {
      const name = `user-${unit}`;
      logged.push(
        await logAnswer(judged.server, 'sampled', name, 'One.'),
        await logAnswer(judged.server, 'sampled', name, 'Two.'),
      );
    }
    await logAnswer(judged.server, 'sampled', 'user-0', 'Half an ans', { outcome: 'abandoned' });
    await logAnswer(judged.server, 'sampled', 'user-0', 'Forced.', { reason: 'forced' });
    await judged.judge();
    const taken = new Set(
      (await judged.rows('sampled')).map((row: { generation_id: string }) => row.generation_id),
    );
    const perUnit = new Map<string, number>();
    for (const { unit, generation } of logged)
      perUnit.set(unit, (perUnit.get(unit) ?? 0) + (taken.has(generation) ? 1 : 0));
    expect([...new Set(perUnit.values())].sort()).toEqual([0, 2]);
    // Five standard deviations around half of 60 units.
    expect(Math.abs(taken.size / 2 - 30)).toBeLessThan(5 * Math.sqrt(15));
    expect([...taken].every((id) => logged.some(({ generation }) => generation === id))).toBe(true);
  });

  it('asks once more for a malformed answer, and then counts a failure that is not the variant’s', async () => {
    await judged.begin('malformed', {});
    await logAnswer(judged.server, 'malformed', 'u1', 'One.');
    const replies = ['Score: 4', verdict(4)];
    judged.model.reply = () => replies.shift() ?? 'The score is {"score": 4, "reason": ""}';
    await judged.judge();
    await logAnswer(judged.server, 'malformed', 'u2', 'Two.');
    await judged.judge();
    await judged.judge();
    expect(judged.model.asked).toHaveLength(4);
    expect(await judged.rows('malformed')).toMatchObject([
      { status: 'recorded', score: 4, calls: 2, cost_usd: 2 * callUsd },
      { status: 'failed', score: null, error: 'malformed', calls: 2, cost_usd: 2 * callUsd },
    ]);
    expect((await judged.outcomes('malformed')).map(({ metrics }) => metrics)).toEqual([
      { quality_score: 4 },
    ]);
  });

  it('waits for a model that cannot be reached, longer each time, and gives up after five attempts', async () => {
    await judged.begin('away', { config: { ...config, model: 'claude-away-1' } });
    await logAnswer(judged.server, 'away', 'u1', 'One.');
    judged.model.reply = () => ({ status: 404 });
    await judged.judge();
    expect(await judged.rows('away')).toMatchObject([{ status: 'failed', error: 'rejected', attempts: 1 }]);
    await logAnswer(judged.server, 'away', 'u2', 'Two.');
    judged.model.reply = () => ({ status: 500 });
    await judged.judge();
    await judged.judge();
    const [, second] = await judged.rows('away');
    expect(second).toMatchObject({ status: 'due', error: 'failed', attempts: 1 });
    for (const minutes of [1, 2, 3, 5, 9]) {
      judged.server.advance(minutes * 60_000);
      await judged.judge();
    }
    expect((await judged.rows('away'))[1]).toMatchObject({ status: 'failed', attempts: 5 });
    expect(await judged.outcomes('away')).toEqual([]);
  }, 30_000);

  it('goes on for as long as its budget of the day, of which the report tells, and then again tomorrow', async () => {
    await judged.begin('budget', { budgetUsdPerDay: 3.4 * callUsd });
    for (let unit = 0; unit < 6; unit++) await logAnswer(judged.server, 'budget', `u${unit}`, 'An answer.');
    await judged.judge();
    await judged.judge();
    const statuses = async () =>
      (await judged.rows('budget')).map(({ status }: { status: string }) => status).sort();
    expect(await statuses()).toEqual(['due', 'due', 'due', 'recorded', 'recorded', 'recorded']);
    const codes = async () => {
      const { body } = await judged.server.call('GET', '/v1/experiments/budget/results');
      return body.health.warnings.map(({ code }: { code: string }) => code);
    };
    expect(await codes()).toContain('JUDGE_STOPPED');
    judged.server.advance(86_400_000);
    expect(await codes()).not.toContain('JUDGE_STOPPED');
    await judged.judge();
    expect(await statuses()).toEqual(Array.from({ length: 6 }, () => 'recorded'));
  });

  it('stops where nobody can tell what it costs, unless there is no budget', async () => {
    const unknown = { config: { model: 'house-model-1' } };
    await judged.begin('unpriced', unknown);
    await judged.begin('unbounded', { ...unknown, budgetUsdPerDay: null });
    for (const key of ['unpriced', 'unbounded'])
      for (const unit of ['u1', 'u2', 'u3']) await logAnswer(judged.server, key, unit, 'An answer.');
    await judged.judge();
    const statuses = async (key: string) =>
      (await judged.rows(key)).map(({ status }: { status: string }) => status).sort();
    expect(await statuses('unpriced')).toEqual(['due', 'due', 'recorded']);
    expect(await statuses('unbounded')).toEqual(['recorded', 'recorded', 'recorded']);
  });

  it('never lets a guardrail act on its scores while it fails', async () => {
    const guardrails = [{ metric: 'quality_score', below: 3, action: 'pause' }];
    await judged.begin('broken', {}, { guardrails });
    const look = async () => {
      judged.server.advance(11_000);
      await judged.server.app.get(GuardrailJob, { strict: false }).tick();
    };
    const read = async (path = '') => (await judged.server.call('GET', `/v1/experiments/broken${path}`)).body;
    // The good answers make the judge stumble, so that what scores there are look like harm.
    judged.model.reply = ({ input }) => (input.includes('good') ? 'I am sorry.' : verdict(1));
    for (let unit = 0; unit < 120; unit++)
      await logAnswer(judged.server, 'broken', `u${unit}`, unit % 3 === 0 ? 'good' : 'bad');
    await judged.judge();
    await look();
    expect(await read()).toMatchObject({ status: 'running' });
    const { verdicts } = await read('/guardrails');
    expect(verdicts[0]).toMatchObject({
      status: 'insufficient',
      distrusted: expect.stringContaining('malformed'),
    });
    const { health } = await read('/results');
    expect(health.warnings.map(({ code }: { code: string }) => code)).toContain('JUDGE_FAILING');
    // Once the judge answers again, its scores protect as those of any other metric.
    judged.model.reply = () => verdict(1);
    for (let unit = 0; unit < 120; unit++) await logAnswer(judged.server, 'broken', `v${unit}`, 'bad');
    await judged.judge();
    await look();
    expect(await read()).toMatchObject({ status: 'paused' });
  }, 60_000);
});
