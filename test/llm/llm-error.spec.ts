import { inspect } from 'node:util';
import { aFailure, aGeneration } from './generation.fixture.js';

it('is an Error with its kind and with what there was until then', () => {
  const error = aFailure('timed-out', aGeneration({ text: 'Half an ans' }));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'LlmError', kind: 'timed-out', provider: 'anthropic', status: null });
  expect(error.generation.text).toBe('Half an ans');
});

it('does not bring the text of an answer into a log', () => {
  const error = aFailure('failed', aGeneration({ text: 'canary-7f3a' }));
  expect(inspect(error, { depth: 10 })).not.toContain('canary-7f3a');
  expect(JSON.stringify(error)).not.toContain('canary-7f3a');
});
