import { ModuleRef } from '@nestjs/core';
import { JudgingModule } from '../../src/judging/judging.module.js';
import { JudgingService } from '../../src/judging/judging.service.js';
import { verdict } from '../judging/judge-server.fixture.js';
import { judgeConfig as config, judgedServer } from '../judging/judged-server.fixture.js';
import { logAnswer } from '../judging/logged-answers.fixture.js';

describe('a judge through its life', () => {
  const judged = judgedServer();

  it('judges each answer once, however many processes are at it, also those that one left when it died', async () => {
    await judged.begin('replicas', { budgetUsdPerDay: null });
    for (let unit = 0; unit < 20; unit++)
      await logAnswer(judged.server, 'replicas', `u${unit}`, `Answer ${unit}.`);
    const replica = judged.server.app.select(JudgingModule).get(ModuleRef, { strict: true });
    const others = await Promise.all([1, 2, 3].map(() => replica.create(JudgingService)));
    judged.server.advance(6_000);
    await Promise.all(others.map((other) => other.judgeAll()));
    expect(new Set(judged.model.asked.map(({ input }) => /Answer \d+/.exec(input)?.[0])).size).toBe(20);
    expect(judged.model.asked).toHaveLength(20);
    const [first, second] = await judged.rows('replicas');
    // One process died before it had an answer, another between score and outcome.
    await judged.query(
      `UPDATE judgement SET status = 'due', score = NULL, leased_until = $2 WHERE generation_id = $1`,
      [first?.generation_id, new Date(judged.server.now().getTime() + 60_000)],
    );
    await judged.query(`UPDATE judgement SET status = 'scored' WHERE generation_id = $1`, [
      second?.generation_id,
    ]);
    judged.model.reply = () => verdict(1);
    await judged.judge();
    expect(judged.model.asked).toHaveLength(20);
    judged.server.advance(60_000);
    await judged.judge();
    expect(judged.model.asked).toHaveLength(21);
    expect((await judged.rows('replicas')).every(({ status }) => status === 'recorded')).toBe(true);
    expect((await judged.outcomes('replicas')).map(({ metrics }) => metrics)).toEqual(
      Array.from({ length: 20 }, () => ({ quality_score: 3 })),
    );
  });

  it('forgets why, once the unit is erased', async () => {
    await judged.begin('erased', {});
    judged.model.reply = () => verdict(2, 'The canary sings.');
    await logAnswer(judged.server, 'erased', 'canary-unit', 'The canary sings.');
    await judged.judge();
    expect(await judged.rows('erased')).toMatchObject([{ reason: 'The canary sings.', score: 2 }]);
    expect((await judged.server.call('DELETE', '/v1/units/canary-unit/data')).status).toBe(200);
    expect(await judged.rows('erased')).toMatchObject([{ reason: null, score: 2, status: 'recorded' }]);
  });

  it('is refused at the start with a config that its model would refuse', async () => {
    const key = 'unusable';
    const created = await judged.server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'user_rating' },
      judge: { rubric: 'Is it true?', config: { model: 'claude-haiku-4-5', temprature: 0 } },
    });
    const warned = created.body.warnings.map(({ code }: { code: string }) => code);
    expect(warned).toContain('LLM_CONFIG_UNUSABLE');
    expect(await judged.server.call('POST', `/v1/experiments/${key}/start`, {})).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/judge/config/temprature' }] },
    });
  });

  it('cannot be changed once the experiment has started', async () => {
    await judged.begin('frozen', {});
    const judgeOf = { rubric: 'Is it kind?', config };
    expect(await judged.server.call('PATCH', '/v1/experiments/frozen', { judge: judgeOf })).toMatchObject({
      status: 409,
      body: { code: 'EXPERIMENT_LOCKED' },
    });
    expect((await judged.server.call('GET', '/v1/experiments/frozen')).body.judge.rubric).toBe('Is it true?');
  });
});
