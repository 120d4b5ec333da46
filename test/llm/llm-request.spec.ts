import { requestFor, turns } from '../../src/llm/llm-request.js';

const settings = { model: 'claude-haiku-4-5', maxTokens: 10 };

it('takes a text for one message of the user', () => {
  expect(requestFor(settings, 'Hello').messages).toEqual([{ role: 'user', text: 'Hello' }]);
});

it('puts the examples before the conversation', () => {
  const conversation = [
    { role: 'user', text: 'Hello' },
    { role: 'assistant', text: 'Hi' },
    { role: 'user', text: 'Why?' },
  ] as const;
  const request = requestFor({ ...settings, examples: [{ input: 'in', output: 'out' }] }, conversation);
  expect(turns(request)).toEqual([
    { role: 'user', text: 'in' },
    { role: 'assistant', text: 'out' },
    ...conversation,
  ]);
});

it.each([[''], [' \n'], [[]], [[{ role: 'user', text: '' } as const]]])('refuses an input of %j', (input) => {
  expect(() => requestFor(settings, input)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
});
