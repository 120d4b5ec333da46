import { startServer, type StartedServer } from './server.fixture.js';

const definition = {
  key: 'paged',
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'A' } },
    { key: 'treatment', config: { systemPrompt: 'B' } },
  ],
  metrics: { primary: 'task_completed' },
};

describe('the history of an experiment', () => {
  let server: StartedServer;
  const path = '/v1/experiments/paged';
  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', definition);
    await server.call('POST', `${path}/start`);
    for (const control of [60, 70, 80])
      await server.call('PUT', `${path}/allocation`, {
        mode: 'fixed',
        weights: { control, treatment: 100 - control },
      });
  });
  afterAll(() => server.close());

  const pagesOf = async (name: string, limit: number) => {
    const pages: object[][] = [];
    let cursor: number | null = null;
    do {
      const place: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await server.call('GET', `${path}/${name}?limit=${limit}${place}`);
      pages.push(body[name]);
      cursor = body.cursor;
    } while (cursor !== null);
    return pages;
  };

  it.each(['epochs', 'decisions'])('comes in pages that are the whole list together: %s', async (name) => {
    const { body } = await server.call('GET', `${path}/${name}`);
    expect(body[name].length).toBeGreaterThanOrEqual(4);
    expect(body.cursor).toBeNull();
    const pages = await pagesOf(name, 3);
    expect(pages[0]).toHaveLength(3);
    expect(pages.flat()).toEqual(body[name]);
  });

  it('refuses a page that cannot be', async () => {
    expect((await server.call('GET', `${path}/epochs?limit=0`)).status).toBe(400);
    expect((await server.call('GET', `${path}/decisions?cursor=x`)).status).toBe(400);
  });

  it('is not sent again to who has the version', async () => {
    const first = await server.call('GET', path);
    const ask = (tag: string) => server.call('GET', path, undefined, { 'if-none-match': tag });
    expect((await ask(String(first.headers['etag']))).status).toBe(304);
    expect((await ask('*')).status).toBe(304);
    expect((await ask('"0"')).status).toBe(200);
  });
});
