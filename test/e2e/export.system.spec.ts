import { startServer, type StartedServer } from './server.fixture.js';

describe('the export of raw rows', () => {
  let server: StartedServer;
  const url = '/v1/experiments/exported';
  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', {
      key: 'exported',
      source: 'imported',
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'user_rating' },
    });
    const lines = Array.from({ length: 1500 }, (_, index) =>
      JSON.stringify({
        unit: `u${index}`,
        variant: 'ab'[index % 2],
        at: '2026-01-01T00:00:00Z',
        metrics: { user_rating: 4 },
      }),
    );
    expect((await server.call('POST', `${url}/import`, lines.join('\n'))).body.accepted).toBe(1500);
  });
  afterAll(() => server.close());

  const lines = async (kind: string): Promise<{ unit: string; unitId: string }[]> => {
    const { status, body } = await server.call('GET', `${url}/export?kind=${kind}`);
    expect(status).toBe(200);
    return body
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line));
  };

  it.each(['assignments', 'outcomes'])('streams every row of %s once, across pages', async (kind) => {
    const rows = await lines(kind);
    expect(new Set(rows.map(({ unitId }) => unitId)).size).toBe(1500);
    expect(rows).toHaveLength(1500);
  });

  it('names metrics by their keys', async () => {
    expect((await lines('outcomes'))[0]).toMatchObject({ metrics: { user_rating: 4 }, inWindow: true });
  });

  it('refuses another kind of row', async () => {
    expect((await server.call('GET', `${url}/export?kind=secrets`)).status).toBe(400);
  });
});
