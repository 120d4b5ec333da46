import { FreshnessService } from '../../src/experiments/freshness.service.js';
import type { RegistryEntry } from '../../src/experiments/registry-entry.js';
import type { RegistryService } from '../../src/experiments/registry.service.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

/** A registry that confirmed all it has at 0. */
class Memory {
  readonly confirmedAt = 0;
  constructor(public entries: RegistryEntry[]) {}
  list = () => this.entries;
  cutOff(key: string, cutOff: boolean): void {
    this.entries = this.entries.map((entry) => (entry.experiment.key === key ? { ...entry, cutOff } : entry));
  }
}

const entry = (key: string, failClosedAfter: string | null): RegistryEntry => ({
  experiment: { ...experimentWith({}), key, failClosedAfter },
  epochs: [],
});

describe('freshness', () => {
  it('closes each experiment after its own patience, and none that has no end of it', () => {
    const memory = new Memory([entry('soon', 'PT10S'), entry('late', 'PT60S'), entry('never', null)]);
    const freshness = new FreshnessService(memory as unknown as RegistryService);
    const closed = (now: number) => {
      freshness.look(now);
      return memory.entries.filter(({ cutOff }) => cutOff).map(({ experiment }) => experiment.key);
    };
    expect(closed(10_000)).toEqual([]);
    expect(closed(10_001)).toEqual(['soon']);
    expect(closed(60_001)).toEqual(['soon', 'late']);
    expect(closed(1e9)).toEqual(['soon', 'late']);
    expect(closed(500)).toEqual([]);
  });
});
