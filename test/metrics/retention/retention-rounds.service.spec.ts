import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { RetentionRounds } from '../../../src/metrics/retention/retention-rounds.service.js';

describe('rounds of letting go', () => {
  it('keep no kind from going where another cannot, and say which could not', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const rounds = new RetentionRounds();
    const done: string[] = [];
    rounds.add('outcomes', () => Promise.reject(new Error('The directory is full.')));
    rounds.add('generations', () => Promise.resolve(done.push('generations')));
    await rounds.run();
    await rounds.run();
    expect(done).toEqual(['generations', 'generations']);
    expect(warned).toHaveBeenCalledTimes(2);
    expect(warned.mock.calls[0]?.[0]).toContain('Old outcomes could not be let go');
    warned.mockRestore();
  });
});
