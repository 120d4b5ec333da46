import { startServer, type StartedServer } from './server.fixture.js';

describe('a JSON schema for configs', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const configSchema = {
    type: 'object',
    properties: { model: { enum: ['small', 'large'] }, temperature: { type: 'number', maximum: 1 } },
    required: ['model'],
    additionalProperties: false,
  };
  let number = 0;
  const create = (schema: object, configs: object[]) =>
    server.call('POST', '/v1/experiments', {
      key: `schema-${number++}`,
      control: 'a',
      variants: configs.map((config, place) => ({ key: 'ab'[place], config })),
      metrics: { primary: 'user_rating' },
      configSchema: schema,
    });

  it('lets through configs that keep it, and is stored with the experiment', async () => {
    const created = await create(configSchema, [{ model: 'small' }, { model: 'large', temperature: 0.5 }]);
    expect(created).toMatchObject({ status: 201, body: { configSchema } });
  });

  it('points at everything that breaks it, the fallback included', async () => {
    const { status, body } = await create(configSchema, [{ temperature: 2 }, { model: 'small', size: 1 }]);
    expect(status).toBe(400);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual([
      '/variants/0/config/model',
      '/variants/0/config/temperature',
      '/variants/1/config/size',
      '/fallback/model',
      '/fallback/temperature',
    ]);
  });

  it.each([
    [{ properties: { model: { pattern: '(a+)+$' } } }, '/configSchema/properties/model/pattern'],
    [{ properties: { a: { properties: { b: { type: 'string' } } } } }, '/configSchema/properties/a'],
    [{ $ref: 'https://example.com/schema' }, '/configSchema'],
    [{ type: 'banana' }, '/configSchema'],
  ])('is refused where it could not be checked as it is meant: %j', async (schema, pointer) => {
    const { status, body } = await create(schema, [{}, {}]);
    expect(status).toBe(400);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('may name a property as a keyword is named', async () => {
    const schema = { properties: { pattern: { type: 'string' } } };
    expect((await create(schema, [{ pattern: 'x' }, {}])).status).toBe(201);
  });

  it('is not the place for files: those are read for experiments in code alone', async () => {
    const { status, body } = await create({}, [{ systemPrompt: { file: 'prompts/a.md' } }, {}]);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ pointer: '/variants/0/config/systemPrompt' });
  });
});
