// Bare Fastify: a GET that answers a constant, ANSWER, and a POST that validates an outcome by its compiled schema and
// answers another, POST_ANSWER.
import Fastify from 'fastify';

const { PORT, ANSWER, POST_ANSWER } = process.env;
const json = 'application/json; charset=utf-8';
const text = (maxLength) => ({ type: 'string', minLength: 1, maxLength });
const outcome = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'experiment', 'unit', 'metrics'],
  properties: {
    id: text(200),
    experiment: { ...text(64), pattern: '^[a-zA-Z0-9_.-]+$' },
    unit: text(256),
    interaction: text(128),
    at: { type: 'string', format: 'date-time' },
    metrics: {
      type: 'object',
      minProperties: 1,
      maxProperties: 64,
      additionalProperties: { type: 'number' },
    },
    tags: { type: 'object', additionalProperties: { type: 'string', maxLength: 256 } },
  },
};
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['outcomes'],
  properties: { outcomes: { type: 'array', minItems: 1, maxItems: 5000, items: outcome } },
};

const app = Fastify({ bodyLimit: 2 ** 24 });
app.get('/*', (_, reply) => reply.type(json).send(ANSWER ?? '{}'));
app.post('/v1/outcomes', { schema: { body } }, (_, reply) => reply.code(202).type(json).send(POST_ANSWER));
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
