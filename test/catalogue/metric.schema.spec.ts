import { CreateMetric } from '../../src/catalogue/metric.schema.js';

const latency = { key: 'latency', kind: 'mean', direction: 'decrease', category: 'performance' };
const faultsOf = (changes: object) =>
  CreateMetric.safeParse({ ...latency, ...changes }).error?.issues.map(({ path, message }) => ({
    path,
    message,
  })) ?? [];

describe('a metric that is asked for', () => {
  it('may have a cap anywhere from its least value to its largest', () => {
    for (const cap of [0, 5, 10]) expect(faultsOf({ min: 0, max: 10, cap })).toEqual([]);
    expect(faultsOf({ cap: -3 })).toEqual([]);
  });

  it.each([
    [{ min: 1, cap: 0 }, /must not be below min/],
    [{ max: 10, cap: 11 }, /a cap above it does nothing/],
    [{ min: 0, max: 10, cap: -1 }, /must not be below min/],
  ])('is refused with a cap that no value could reach or that all exceed: %o', (changes, message) => {
    expect(faultsOf(changes)).toEqual([{ path: ['cap'], message: expect.stringMatching(message) }]);
  });
});
