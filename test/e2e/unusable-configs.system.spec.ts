import { RegistryService } from '../../src/experiments/registry.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

let server: StartedServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

function draft(key: string, config: Record<string, unknown>) {
  return server.call('POST', '/v1/experiments', {
    key,
    control: 'control',
    variants: [
      { key: 'control', config: { model: 'claude-haiku-4-5', systemPrompt: 'Be brief.' } },
      { key: 'treatment', config },
    ],
    metrics: { primary: 'user_rating' },
    guardrails: [],
  });
}

const unusable = { model: 'claude-haiku-4-5', presencePenalty: 1, temprature: 0.3 };
const warned = (body: { warnings: { code: string; message: string }[] }) =>
  body.warnings.filter(({ code }) => code === 'LLM_CONFIG_UNUSABLE').map(({ message }) => message);

it('warns of a config that the language models would refuse, and lets other programs use it as they please', async () => {
  const created = await draft('elsewhere', unusable);
  expect(created.status).toBe(201);
  expect(warned(created.body)).toEqual([expect.stringContaining('/variants/1/config/temprature')]);
  expect((await server.call('POST', '/v1/experiments/elsewhere/start', {})).status).toBe(200);
});

it('refuses to start it where code of this server decorates the experiment, naming each fault', async () => {
  await draft('here', { model: 'claude-haiku-4-5', presencePenalty: 1, seed: 7 });
  server.app.get(RegistryService, { strict: false }).noteUse('here', 'AnswerController.answer');
  const refused = await server.call('POST', '/v1/experiments/here/start', {});
  expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/variants/1/config/presencePenalty',
    '/variants/1/config/seed',
  ]);
  expect(refused.body.detail).toContain('AnswerController.answer');
});

it('leaves configs alone that are not for a language model', async () => {
  const created = await draft('free-form', { retriever: 'hybrid', temperature: 'warm' });
  expect(warned(created.body)).toEqual([]);
  server.app.get(RegistryService, { strict: false }).noteUse('free-form', 'SearchController.search');
  expect((await server.call('POST', '/v1/experiments/free-form/start', {})).status).toBe(200);
});
