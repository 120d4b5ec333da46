import { startServer, type StartedServer } from './server.fixture.js';

describe('experiments that are over and still decorated', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const key = 'exp_summarize_v2';
  const stale = async () => (await server.call('GET', '/v1/experiments?stale=true')).body.experiments;

  it('are listed with the places and the configuration to write there, archived or not', async () => {
    expect(await stale()).toEqual([]);
    const { variants } = (await server.call('GET', `/v1/experiments/${key}`)).body;
    const decided = variants.find((each: { key: string }) => each.key === 'treatment');
    await server.call('POST', `/v1/experiments/${key}/conclude`, { variant: 'treatment' });
    const usedBy = ['SummarizeController.summarize', 'SummarizeController.summarizeStream'];
    const listed = { usedBy, inline: { variant: 'treatment' } };
    expect(await stale()).toMatchObject([{ key, status: 'concluded', ...listed }]);
    await server.call('POST', `/v1/experiments/${key}/archive`);
    const [archived] = await stale();
    expect(archived).toMatchObject({ key, status: 'archived', ...listed });
    expect(archived.inline.config).toEqual(decided.config);
  });
});
