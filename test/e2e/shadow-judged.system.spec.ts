import { ShadowJob } from '../../src/shadow/shadow.job.js';
import { preference, verdict, type AskedJudge } from '../judging/judge-server.fixture.js';
import { callUsd, judgeConfig, judgedServer } from '../judging/judged-server.fixture.js';
import { logAnswer } from '../judging/logged-answers.fixture.js';
import { obedientPreference, textIn } from '../judging/obedient-judge.js';

const candidate = { model: 'claude-haiku-4-5', systemPrompt: 'Answer in a word.' };
const scores = ({ system }: AskedJudge) => system.startsWith('You score');
const compares = ({ system }: AskedJudge) => system.startsWith('You compare');

describe('a judged shadow run', () => {
  const judged = judgedServer();
  /** The candidate's answers are good, or as the test says; a good one scores 4, any other 2. */
  const replies = (answerOf: (asked: AskedJudge) => string = () => 'good word') => {
    judged.model.asked.length = 0;
    judged.model.reply = (asked) => {
      if (compares(asked)) return preference(obedientPreference(asked));
      if (scores(asked)) return verdict(textIn(asked, 'ANSWER TO SCORE').startsWith('good') ? 4 : 2);
      return answerOf(asked);
    };
  };
  beforeEach(() => replies());
  const tick = () => judged.server.app.get(ShadowJob, { strict: false }).tick();
  const latest = async (key: string) =>
    (await judged.server.call('GET', `/v1/experiments/${key}/shadow`)).body.runs[0];
  const tryOut = (key: string, body: object = {}) =>
    judged.server.call('POST', `/v1/experiments/${key}/shadow`, {
      config: candidate,
      budgetUsd: null,
      ...body,
    });

  /** A running experiment whose control has answered so many units, twice each. */
  async function begin(key: string, judge: object = {}): Promise<number> {
    await judged.begin(key, { budgetUsdPerDay: null, pairwise: { samplingRate: 1 }, ...judge });
    let units = 0;
    for (let unit = 0; unit < 12; unit++) {
      const { variant } = await logAnswer(judged.server, key, `u${unit}`, 'bad', {
        question: `What, ${unit}?`,
      });
      await logAnswer(judged.server, key, `u${unit}`, 'bad', { question: `And then, ${unit}?` });
      if (variant === 'a') units += 1;
    }
    await judged.judge();
    expect(units).toBeGreaterThan(1);
    judged.model.asked.length = 0;
    return units;
  }

  it('is scored and compared with what was shown, each unit once, and keeps no text', async () => {
    const units = await begin('scored');
    replies(() => 'good canary');
    await tryOut('scored');
    await tick();
    const run = await latest('scored');
    expect(run).toMatchObject({
      answers: 2 * units,
      control: { judgeScore: 2 },
      candidate: { judgeScore: 4 },
      judged: {
        scored: 2 * units,
        pairwise: { variant: 'candidate', pairs: units, wins: units, positionBias: { flipped: 0 } },
        failures: 0,
        costUsd: expect.closeTo(4 * units * callUsd, 9),
      },
    });
    expect(judged.model.asked.filter(compares)).toHaveLength(2 * units);
    expect(judged.model.asked.filter(scores)).toHaveLength(2 * units);
    for (const { input } of judged.model.asked.filter(compares))
      expect(input).not.toContain('Answer in a word');
    const rows = await judged.query(`SELECT row_to_json(a)::text AS row FROM shadow_answer a`, []);
    expect(JSON.stringify(rows)).not.toContain('canary');
    // What the judge cost is the judge's, and not the run's.
    expect(run.spentUsd).toBeCloseTo(2 * units * callUsd, 9);
    expect(
      (await judged.server.call('GET', '/v1/experiments/scored/results')).body.pairwise[0],
    ).toMatchObject({
      pairs: 0,
    });
  }, 60_000);

  it('goes on unjudged once the judge’s budget of the day is spent', async () => {
    // The control's answers cost nothing: none of them is in the sample.
    const units = await begin('budget', { samplingRate: 1e-9, budgetUsdPerDay: 2.4 * callUsd });
    await tryOut('budget');
    await tick();
    expect(await latest('budget')).toMatchObject({
      answers: 2 * units,
      judged: { scored: 0, pairwise: { pairs: 1, failed: 0 } },
    });
    expect(judged.model.asked.filter(compares)).toHaveLength(2);
  }, 60_000);

  it('counts what its judge fails on, and goes on', async () => {
    const units = await begin('broken', { samplingRate: 1e-9 });
    judged.model.reply = (asked) => (compares(asked) ? 'A, I think.' : 'good word');
    await tryOut('broken');
    await tick();
    const { answers, judged: made } = await latest('broken');
    expect(answers).toBe(2 * units);
    expect(made).toMatchObject({ failures: 2 * units, pairwise: { pairs: 0, failed: 2 * units } });
    expect(made.pairwise.distrusted).toContain('failed');
  }, 60_000);

  it('is not judged where there is no judge', async () => {
    await judged.begin('unjudged', {}, { judge: null });
    await logAnswer(judged.server, 'unjudged', 'u1', 'bad');
    await tryOut('unjudged');
    await tick();
    expect(await latest('unjudged')).toMatchObject({ judged: null, candidate: { judgeScore: null } });
    expect(judged.model.asked.filter((asked) => scores(asked) || compares(asked))).toEqual([]);
  });

  it.each(['kill', 'archive'])('ends with its experiment, after %s', async (how) => {
    const key = `over-${how}`;
    await judged.begin(key, {});
    await tryOut(key);
    await judged.server.call('POST', `/v1/experiments/${key}/kill`, { reason: 'Enough.' });
    if (how === 'archive') await judged.server.call('POST', `/v1/experiments/${key}/archive`, {});
    await tick();
    expect(await latest(key)).toMatchObject({ status: 'ended', reason: 'experiment-over' });
    expect(await tryOut(key)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });

  describe('whose candidate gets an experiment', () => {
    const start = (source: string, body: object, query = '') =>
      judged.server.call('POST', `/v1/experiments/${source}/shadow/experiment${query}`, body);
    /** Logs an answer of the control, for which a candidate can be tried. */
    const logControl = async (key: string) => {
      for (let unit = 0; ; unit++)
        if ((await logAnswer(judged.server, key, `u${unit}`, 'bad')).variant === 'a') return;
    };
    const tried = async (key: string, body: object = {}) => {
      const run = (await tryOut(key, body)).body;
      await tick();
      return run;
    };

    it('is held against the control, in one call, with everything else as it was', async () => {
      await judged.begin('source', {}, { hypothesis: 'Shorter is better.', forced: { qa: 'b' } });
      await logControl('source');
      const run = await tried('source');
      const dry = await start('source', { key: 'successor' }, '?dryRun=true');
      expect(dry).toMatchObject({ status: 200, body: { dryRun: true, status: 'running' } });
      expect((await judged.server.call('GET', '/v1/experiments/successor')).status).toBe(404);
      const started = await start('source', { key: 'successor' });
      expect(started).toMatchObject({
        status: 201,
        body: {
          key: 'successor',
          status: 'running',
          control: 'a',
          hypothesis: 'Shorter is better.',
          forced: {},
          judge: { config: judgeConfig },
          variants: [
            { key: 'a', weight: 1, config: { systemPrompt: 'Prompt of a.' } },
            { key: 'candidate', weight: 1, config: candidate },
          ],
        },
      });
      const { decisions } = (await judged.server.call('GET', '/v1/experiments/successor/decisions')).body;
      expect(decisions.at(-1)).toMatchObject({ action: 'clone of source', evidence: { shadowRun: run.id } });
      expect(await latest('source')).toMatchObject({ status: 'ended', reason: 'started' });
      const { body } = await judged.server.call('POST', '/v1/assignments', {
        experiment: 'successor',
        unit: 'u1',
      });
      expect(['a', 'candidate']).toContain(body.variant);
      expect(await start('source', { key: 'successor' })).toMatchObject({
        body: { code: 'EXPERIMENT_EXISTS' },
      });
    });

    it('may be left a draft, of any run', async () => {
      await judged.begin('many', {});
      await logControl('many');
      const first = await tried('many');
      await judged.server.call('POST', '/v1/experiments/many/shadow/stop', {});
      await tried('many', { config: { ...candidate, systemPrompt: 'Sing.' } });
      const draft = await start('many', { key: 'draft', run: first.id, variant: 'short', start: false });
      expect(draft.body).toMatchObject({
        status: 'draft',
        variants: [{ key: 'a' }, { key: 'short', config: candidate }],
      });
      expect(await latest('many')).toMatchObject({ status: 'running' });
    });

    it.each([
      [
        'unknown',
        'a run that there is not',
        { run: '0199c0de-0000-7000-8000-000000000000' },
        404,
        'NOT_FOUND',
      ],
      ['named', 'the name of the control', { variant: 'a' }, 400, 'INVALID_REQUEST'],
      ['strange', 'a field that there is not', { weight: 2 }, 400, 'INVALID_REQUEST'],
    ])('is refused where it is %s: %s', async (key, _why, body, status, code) => {
      await judged.begin(key, {});
      await logControl(key);
      await tried(key);
      expect(await start(key, { key: `${key}-successor`, ...body })).toMatchObject({
        status,
        body: { code },
      });
    });

    it('needs a key of its own, so that a call made again makes no second experiment', async () => {
      await judged.begin('keyless', {});
      await logControl('keyless');
      await tried('keyless');
      expect(await start('keyless', {})).toMatchObject({
        status: 400,
        body: {
          code: 'INVALID_REQUEST',
          errors: [
            {
              pointer: '/key',
              message: expect.stringContaining('the new experiment needs a key of its own'),
            },
          ],
        },
      });
      expect(await latest('keyless')).toMatchObject({ status: 'running' });
    });

    it('is refused until the candidate has been tried', async () => {
      await judged.begin('untried', {});
      await tryOut('untried');
      expect(await start('untried', { key: 'rash' })).toMatchObject({
        status: 409,
        body: { code: 'CONFLICT', detail: expect.stringContaining('has answered nothing yet') },
      });
      expect((await judged.server.call('GET', '/v1/experiments/rash')).status).toBe(404);
      expect(await latest('untried')).toMatchObject({ status: 'running' });
    });

    it('leaves no draft behind where it cannot start', async () => {
      await judged.begin('full', {}, { layer: { key: 'whole', percent: 100 } });
      await logControl('full');
      await tried('full');
      const refused = await start('full', { key: 'second' });
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect((await judged.server.call('GET', '/v1/experiments/second')).status).toBe(404);
      expect(await latest('full')).toMatchObject({ status: 'running' });
    });
  });
});
