import { outputSchemaFault, violatesFormat } from '../../src/llm/output-format.js';

const schema = {
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 10 },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['title'],
  additionalProperties: false,
};

it.each([
  ['{"title":"Water"}', false],
  [' {"title":"Water","tags":["hot"]}\n', false],
  ['{"title":"Water boils at 100"}', true],
  ['{"tags":[]}', true],
  ['{"title":"Water","more":1}', true],
  ['```json\n{"title":"Water"}\n```', true],
  ['Here it is: {"title":"Water"}', true],
  ['{"title":"Wat', true],
  ['', true],
])('tells of %j whether it violates the schema: %j', (text, violated) => {
  expect(violatesFormat(schema, text)).toBe(violated);
});

it('knows what is no schema', () => {
  expect(outputSchemaFault(schema)).toBeNull();
  expect(outputSchemaFault({ type: 'objekt' })).toContain('objekt');
});
