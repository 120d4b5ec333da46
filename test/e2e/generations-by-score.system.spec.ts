import { verdict } from '../judging/judge-server.fixture.js';
import { judgedServer } from '../judging/judged-server.fixture.js';
import { logAnswer, type LoggedAnswer } from '../judging/logged-answers.fixture.js';
import { textIn } from '../judging/obedient-judge.js';

describe('generations by what the judge said of them', () => {
  const judged = judgedServer();
  const logged: (LoggedAnswer & { readonly score: number })[] = [];
  beforeAll(async () => {
    judged.model.reply = (asked) => verdict(Number(textIn(asked, 'ANSWER TO SCORE')));
    await judged.begin('scores', { samplingRate: 1 });
    for (let unit = 0; unit < 30; unit++) {
      const score = 1 + (unit % 9) / 2;
      logged.push({ ...(await logAnswer(judged.server, 'scores', `u${unit}`, String(score))), score });
    }
    await judged.judge();
    // Not judged yet.
    await logAnswer(judged.server, 'scores', 'u99', '5');
  });

  const list = async (query: string) => {
    const { status, body } = await judged.server.call('GET', `/v1/experiments/scores/generations?${query}`);
    expect(status).toBe(200);
    return body as { generations: { id: string; response: string }[]; cursor: string | null };
  };
  /** Those of the log that match, the newest first. */
  const expected = (matches: (each: (typeof logged)[number]) => boolean) =>
    logged
      .filter(matches)
      .map(({ generation }) => generation)
      .reverse();
  const ids = ({ generations }: { generations: { id: string }[] }) => generations.map(({ id }) => id);

  it('are those within the bounds, both included', async () => {
    expect(ids(await list('limit=100&judgeScoreAtMost=2'))).toEqual(expected(({ score }) => score <= 2));
    expect(ids(await list('limit=100&judgeScoreAtLeast=4.5'))).toEqual(expected(({ score }) => score >= 4.5));
    expect(ids(await list('limit=100&judgeScoreAtLeast=2.5&judgeScoreAtMost=3'))).toEqual(
      expected(({ score }) => score >= 2.5 && score <= 3),
    );
  });

  it('are chosen by variant, unit and outcome too, and measured', async () => {
    expect(ids(await list('limit=100&judgeScoreAtLeast=2&variant=b'))).toEqual(
      expected(({ score, variant }) => score >= 2 && variant === 'b'),
    );
    const [one] = (await list('judgeScoreAtLeast=1&unit=u4&outcome=finished&measured=true')).generations;
    expect(one).toMatchObject({
      id: logged[4]?.generation,
      measured: [{ metric: 'quality_score', value: 3 }],
    });
    expect(ids(await list('judgeScoreAtLeast=1&outcome=failed'))).toEqual([]);
  });

  it('come page by page', async () => {
    const read: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(`judgeScoreAtLeast=2&limit=7${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.generations.length).toBeLessThanOrEqual(7);
      read.push(...ids(page));
      ({ cursor } = page);
    } while (cursor);
    expect(read).toEqual(expected(({ score }) => score >= 2));
  });

  it('are refused where the least is above the most', async () => {
    const path = '/v1/experiments/scores/generations?judgeScoreAtLeast=5&judgeScoreAtMost=';
    expect(await judged.server.call('GET', `${path}1`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/judgeScoreAtLeast', message: expect.stringContaining('swap the two') }] },
    });
    expect(await judged.server.call('GET', `${path}5`)).toMatchObject({ status: 200 });
  });

  it.each(['judgeScoreAtLeast=high', 'judgeScoreAtLeast=', 'judgeScoreAtMost=1e999', 'judgeScore=3'])(
    'are refused for %s',
    async (query) => {
      expect(await judged.server.call('GET', `/v1/experiments/scores/generations?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST' },
      });
    },
  );

  it('are refused where there is no judge', async () => {
    await judged.begin('plain', {}, { judge: null });
    const refused = await judged.server.call('GET', '/v1/experiments/plain/generations?judgeScoreAtLeast=3');
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('no judge') } });
  });
});
