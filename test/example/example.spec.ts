import { startExample, type ExampleApp } from './example-app.fixture.js';

const text = 'The committee met on Monday. It approved the budget. Work starts in May.';
const id = 'exp_summarize_v2';

describe('The example', () => {
  let example: ExampleApp;

  beforeEach(async () => {
    example = await startExample();
  });
  afterEach(() => example.app.close());

  const summarize = (user: string) => example.post('/api/summarize', { text }, { 'x-user-id': user });

  it("summarizes as the user's variant does, and says which", async () => {
    const { status, body } = await summarize('u1');

    expect(status).toBe(200);
    expect(body).toEqual({
      summary: expect.stringMatching(/simulated/i),
      experiment: { id, variant: 'treatment', token: expect.stringMatching(/^exp_summarize_v2~u1~/) },
    });
    const [outcome] = await example.outcomes.atLeast(1);
    expect(outcome?.metrics).toMatchObject({
      error: 0,
      cost_usd: expect.any(Number),
      output_tokens: expect.any(Number),
    });
  });

  it('summarizes outside of the experiment too', async () => {
    example.assignments.variantOf = () => null;

    expect((await summarize('u1')).body).toEqual({ summary: expect.any(String), experiment: null });
  });

  it.each([{}, { text: '' }, { text: ' \n' }, { text: 7 }, { text, more: 1 }])(
    'answers %p with a 400 that exposes nobody',
    async (body) => {
      expect(await example.post('/api/summarize', body)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST' },
      });
      expect(example.assignments.exposed).toEqual([]);
    },
  );

  it('takes a rating with the token of the answer', async () => {
    const token = `${id}~treatment~body`;
    const answer = await example.post('/api/feedback', { experimentId: id, rating: 5, token });

    expect(answer).toEqual({ status: 200, body: { recorded: true } });
    expect(example.outcomes.ratings).toEqual([{ token, metrics: { user_rating: 5 } }]);
  });

  it('takes a rating of a user who was served, without a token', async () => {
    await summarize('u1');
    const answer = await example.post(
      '/api/feedback',
      { experimentId: id, rating: 4 },
      { 'x-user-id': 'u1' },
    );

    expect(answer).toEqual({ status: 200, body: { recorded: true } });
    expect(example.outcomes.ratings).toEqual([{ unit: 'u1', experiment: id, metrics: { user_rating: 4 } }]);
  });

  it.each<[string, object, number, string]>([
    ['below 1', { experimentId: id, rating: 0 }, 400, 'INVALID_REQUEST'],
    ['above 5', { experimentId: id, rating: 6 }, 400, 'INVALID_REQUEST'],
    ['as text', { experimentId: id, rating: '5' }, 400, 'INVALID_REQUEST'],
    ['of nothing', { rating: 5 }, 400, 'INVALID_REQUEST'],
    ['of an unknown experiment', { experimentId: 'exp_other', rating: 5 }, 404, 'EXPERIMENT_NOT_FOUND'],
    ['by a user who was never served', { experimentId: id, rating: 5 }, 422, 'NEVER_EXPOSED'],
    [
      "with another experiment's token",
      { experimentId: id, rating: 5, token: 'other~b~c' },
      400,
      'INVALID_REQUEST',
    ],
    ['with a forged token', { experimentId: id, rating: 5, token: `${id}~b~forged` }, 401, 'INVALID_TOKEN'],
  ])('refuses a rating %s', async (_which, body, status, code) => {
    expect(await example.post('/api/feedback', body, { 'x-user-id': 'u9' })).toMatchObject({
      status,
      body: { code },
    });
    expect(example.outcomes.ratings).toEqual([]);
  });

  it('lists the experiments', async () => {
    const list = [{ id, name: 'Summarization', active: true }];
    expect(await example.get('/admin/experiments')).toEqual({ status: 200, body: list });
  });

  it('shows the results of one, and 404 of none', async () => {
    expect(await example.get(`/admin/experiments/${id}/results`)).toMatchObject({
      status: 200,
      body: { experiment: { id, active: true }, results: { control: { sampleSize: 0, errorRate: 'N/A' } } },
    });
    expect(await example.get('/admin/experiments/none/results')).toMatchObject({ status: 404 });
  });
});
