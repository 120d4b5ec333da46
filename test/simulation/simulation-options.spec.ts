import fc from 'fast-check';
import { readOptions, UsageError } from '../../src/simulation/simulation-options.js';

describe('the options of a simulation', () => {
  it('are those of the documentation when none is given', () => {
    expect(readOptions([])).toEqual({
      users: 3000,
      effect: 0.3,
      bandit: false,
      url: 'http://127.0.0.1:3000',
      seed: 1,
      concurrency: 16,
      key: null,
      json: false,
    });
  });

  it('are read from the words, a negative effect with and without an equals sign', () => {
    const words = [
      '--users',
      '500',
      '--effect',
      '-0.5',
      '--bandit',
      '--json',
      '--seed=7',
      '--key',
      'assay_k',
    ];
    expect(readOptions([...words, '--url', 'https://assay.example/base/'])).toMatchObject({
      users: 500,
      effect: -0.5,
      bandit: true,
      json: true,
      seed: 7,
      key: 'assay_k',
      url: 'https://assay.example/base',
    });
    expect(readOptions(['--effect=-1'])?.effect).toBe(-1);
  });

  it('are explained on request', () => {
    expect(readOptions(['--users', 'many', '--help'])).toBeNull();
  });

  it.each([
    [['--colour', 'red'], /'--colour'/],
    [['3000'], /3000/],
    [['--users'], /--users/],
    [['--users', '0'], /--users is "0"; give a whole number from 1 to 1000000/],
    [['--users', '12.5'], /--users is "12\.5"/],
    [['--users', '1e3'], /--users is "1e3"/],
    [['--effect', 'big'], /--effect is "big"; give a number from -2\.6 to 1\.4/],
    [['--effect', '1.5'], /--effect is "1\.5"/],
    [['--effect', 'NaN'], /--effect is "NaN"/],
    [['--seed', '-1'], /--seed/],
    [['--concurrency', '257'], /--concurrency is "257"/],
    [['--url', 'localhost:3000'], /--url is "localhost:3000"/],
    [['--url', 'file:///etc'], /--url/],
    [['--key', 'two words'], /--key/],
    [['--bandit', '--users', '199'], /--users is 199; with --bandit give 200 at least/],
  ])('refuse %j, naming it, in one line', (words, message) => {
    expect(() => readOptions(words)).toThrow(UsageError);
    expect(() => readOptions(words)).toThrow(message);
    expect(() => readOptions(words)).toThrow(/^[^\n]+$/);
  });

  it('are within their bounds whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('--users', '--effect', '--seed', '7', '-1'))),
        (words) => {
          try {
            const options = readOptions(words);
            if (options === null) return;
            expect(options.users).toBeGreaterThanOrEqual(1);
            expect(Math.abs(options.effect)).toBeLessThanOrEqual(2.6 + 1e-9);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
    );
  });
});
