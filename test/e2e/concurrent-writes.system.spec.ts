import { ExperimentStore } from '../../src/experiments/experiment.store.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

const definition = {
  control: 'control',
  variants: [{ key: 'control' }, { key: 'treatment' }],
  metrics: { primary: 'user_rating' },
};

describe('writes to one experiment at the same time', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const create = (key: string) => server.call('POST', '/v1/experiments', { ...definition, key });
  const begin = async (key: string) => {
    await create(key);
    await server.call('POST', `/v1/experiments/${key}/start`);
  };

  const versionOf = async (key: string) =>
    (await server.app.get(ExperimentStore, { strict: false }).findByKey(key))!.version;

  it('refuses a write based on an older version', async () => {
    const { headers } = await create('versions');
    expect(headers['etag']).toBe('"1"');
    const patch = (ifMatch: string) =>
      server.call('PATCH', '/v1/experiments/versions', { name: 'new' }, { 'if-match': ifMatch });
    expect((await patch('"1"')).status).toBe(200);
    expect(await patch('"1"')).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
  });

  it('lets exactly one of many concurrent edits win', async () => {
    await begin('race');
    const edits = Array.from({ length: 10 }, (_, index) =>
      server.call('PATCH', '/v1/experiments/race', { name: `name ${index}` }, { 'if-match': '"2"' }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(412)]);
  });

  it('applies concurrent edits that expect no version one after the other', async () => {
    await begin('no-race');
    const edits = Array.from({ length: 10 }, (_, index) =>
      server.call('PATCH', '/v1/experiments/no-race', { name: `name ${index}` }),
    );
    const answers = await Promise.all(edits);
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => 3 + index),
    );
  });

  it.each(['draft', 'running'])(
    'answers each writer to a %s with the version that they wrote',
    async (status) => {
      const key = `own-${status}`;
      await (status === 'draft' ? create(key) : begin(key));
      const version = await versionOf(key);
      // Memory is read again only once both have been written, so that the newest is one writer's at most.
      const registry = server.app.get(RegistryService, { strict: false });
      const refresh = registry.refresh.bind(registry);
      registry.refresh = async (name) => {
        while (name === key && (await versionOf(key)) < version + 2);
        return refresh(name);
      };
      const edits = ['one', 'other'].map(async (name) => {
        const { body, headers } = await server.call('PATCH', `/v1/experiments/${key}`, { name });
        expect(headers['etag']).toBe(`"${body.version}"`);
        return [name, body.name, body.version];
      });
      const answers = await Promise.all(edits).finally(() => (registry.refresh = refresh));
      for (const [sent, answered] of answers) expect(answered).toBe(sent);
      expect(answers.map((answer) => answer[2]).sort()).toEqual([version + 1, version + 2]);
    },
  );

  it('tells the slower of two who pause at once that it is paused', async () => {
    await begin('paused-twice');
    const pause = () => server.call('POST', '/v1/experiments/paused-twice/pause', { reason: 'both' });
    const answers = await Promise.all([pause(), pause()]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      200,
      'ILLEGAL_TRANSITION',
    ]);
  });
});
