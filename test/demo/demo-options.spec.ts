import { DemoUsageError, readDemoOptions } from '../../src/demo/demo-options.js';

describe('the options of the demo', () => {
  it('are port 3000, traffic and no copies where nothing is said', () => {
    expect(readDemoOptions([])).toEqual({ port: 3000, traffic: true, experiments: 0, seed: 1 });
  });

  it('are read as they are written', () => {
    const words = ['--port', '0', '--no-traffic', '--experiments', '100', '--seed', '7'];
    expect(readDemoOptions(words)).toEqual({ port: 0, traffic: false, experiments: 100, seed: 7 });
  });

  it('are explained on demand', () => {
    expect(readDemoOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--port', '70000'], '--port is "70000"; give a whole number from 0 to 65535.'],
    [['--experiments', 'many'], '--experiments is "many"; give a whole number from 0 to 500.'],
    [['--seed', '-1'], /--seed/],
    [['--nothing'], /--nothing/],
  ])('are refused with what to do: %j', (words, message) => {
    expect(() => readDemoOptions(words)).toThrow(DemoUsageError);
    expect(() => readDemoOptions(words)).toThrow(message);
  });
});
