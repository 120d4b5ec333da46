import type { Assignment, Pin } from '../../src/bucketing/assignment.js';
import { AssignmentService } from '../../src/bucketing/assignment.service.js';
import type { ExposureStore } from '../../src/bucketing/exposure.store.js';
import { ExposureSpool } from '../../src/bucketing/exposure-spool.client.js';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import type { PinService } from '../../src/bucketing/pin.service.js';
import type { UnitLinks } from '../../src/bucketing/links/unit-links.service.js';
import type { TokenService } from '../../src/bucketing/token.service.js';
import type { Transactions } from '../../src/database/transactions.service.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import type { RegistryEntry } from '../../src/experiments/registry-entry.js';
import type { RegistryService } from '../../src/experiments/registry.service.js';
import type { EventPublisher } from '../../src/operations/events/event-publisher.service.js';
import { experimentWith, firstEpoch, nextEpoch, units } from './experiment-fixtures.js';

/** Entries that are replaced as the real registry replaces them. */
class ListedExperiments {
  private readonly entries = new Map<string, RegistryEntry>();
  revision = 0;

  put(changes: Partial<Experiment>, moved = false): void {
    const experiment = experimentWith({ salt: changes.key ?? '', ...changes });
    const start = firstEpoch(experiment);
    const second = nextEpoch(experiment, start, [50, 50]);
    const epochs = moved ? [start, { ...second, movedSlots: new Uint8Array(1_250).fill(255) }] : [start];
    this.entries.set(experiment.key, { experiment, epochs });
    this.revision += 1;
  }

  get(key: string): RegistryEntry | undefined {
    return this.entries.get(key);
  }

  list(): readonly RegistryEntry[] {
    return [...this.entries.values()];
  }
}

function service(pins: Record<string, Pin> = {}) {
  const registry = new ListedExperiments();
  const clock = { now: () => new Date('2026-01-07T00:00:00Z') };
  const writer = new ExposureWriter(
    { write: () => Promise.resolve() } as unknown as ExposureStore,
    { run: (work: () => Promise<void>) => work() } as unknown as Transactions,
    { publish: () => undefined } as unknown as EventPublisher,
    new ExposureSpool(null),
    clock,
  );
  const found = {
    remembered: () => undefined,
    find: (_: Experiment, unit: string) => Promise.resolve(pins[unit] ?? null),
  };
  const assignments = new AssignmentService(
    registry as unknown as RegistryService,
    found as unknown as PinService,
    writer,
    {} as TokenService,
    { has: () => false, idIn: (_: number, unit: string) => unit } as unknown as UnitLinks,
    clock,
  );
  return { registry, writer, assignments };
}

describe('AssignmentService.assign', () => {
  it('answers all units of a variant with one frozen object', () => {
    const { registry, assignments } = service();
    registry.put({ key: 'a' });
    const answers = new Set(units.map((unit) => assignments.assign('a', unit)));
    expect(answers.size).toBe(2);
    for (const answer of answers) expect(Object.isFrozen(answer)).toBe(true);
  });

  it('answers by what the registry has now', () => {
    const { registry, assignments } = service();
    registry.put({ key: 'a' });
    expect(assignments.assign('a', 'user-1')).toMatchObject({ reason: 'split', version: 7 });
    registry.put({ key: 'a', status: 'killed', version: 8 });
    expect(assignments.assign('a', 'user-1')).toMatchObject({ reason: 'killed', version: 8 });
    expect(assignments.assign('b', 'user-1')).toMatchObject({
      reason: 'unknown-experiment',
      experiment: 'b',
    });
    registry.put({ key: 'b' });
    expect(assignments.assign('b', 'user-1')).toMatchObject({ reason: 'split', experiment: 'b' });
  });

  it('exposes with the first attributes, and nobody who is only looked up', () => {
    const { registry, writer, assignments } = service();
    registry.put({ key: 'a' });
    void assignments.assign('a', 'user-1', { peek: true, attributes: { plan: 'free' } });
    expect(writer.find(1, 'user-1', 0)).toBeUndefined();
    void assignments.assign('a', 'user-1', { attributes: { plan: 'pro' } });
    void assignments.assign('a', 'user-1', { attributes: { plan: 'free' } });
    expect(writer.find(1, 'user-1', 0)).toMatchObject({ unitId: 'user-1', attributes: { plan: 'pro' } });
  });

  it.each(['de', 'fr'])(
    'tests the rule once for a unit that speaks %s and was never exposed',
    async (language) => {
      const { registry, assignments } = service();
      const targeting = { attribute: 'language', operator: 'equals', value: 'de' } as const;
      registry.put({ key: 'a', targeting }, true);
      let readings = 0;
      const attributes = {
        get language() {
          readings += 1;
          return language;
        },
      };
      await assignments.assign('a', 'user-1', { attributes, peek: true });
      await assignments.assignAll('user-1', { attributes, peek: true });
      expect(readings).toBe(2);
    },
  );
});

describe('AssignmentService.assignAll', () => {
  const keys = Array.from({ length: 30 }, (_, number) => `exp-${number}`);

  it('gives what assign gives in each experiment that serves variants', () => {
    const { registry, assignments } = service();
    keys.forEach((key, index) => registry.put({ id: index + 1, key, coverage: 70, holdback: 10 }));
    registry.put({ id: 91, key: 'a draft', status: 'draft' });
    registry.put({ id: 92, key: 'killed', status: 'killed' });
    for (const unit of units.slice(0, 200)) {
      expect(assignments.assignAll(unit)).toEqual(
        keys.map((key) => assignments.assign(key, unit, { peek: true })),
      );
    }
  });

  it('exposes the unit once in each, with the attributes of the first time', () => {
    const { registry, writer, assignments } = service();
    keys.forEach((key, index) => registry.put({ id: index + 1, key }));
    void assignments.assignAll('user-1', { peek: true });
    expect(writer.find(5, 'user-1', 0)).toBeUndefined();
    void assignments.assign(keys[4]!, 'user-1', { attributes: { plan: 'pro' } });
    void assignments.assignAll('user-1', { attributes: { plan: 'free' } });
    const plans = keys.map((_, index) => writer.find(index + 1, 'user-1', 0)?.attributes?.['plan']);
    expect(plans).toEqual(keys.map((_, index) => (index === 4 ? 'pro' : 'free')));
  });

  it('looks up only what a hash cannot tell, and keeps the order', async () => {
    const { registry, assignments } = service({ 'user-1': { variant: 'treatment', epoch: 1 } });
    registry.put({ id: 1, key: 'first' });
    registry.put({ id: 2, key: 'moved' }, true);
    registry.put({ id: 3, key: 'last' });
    const waiting = assignments.assignAll('user-1');
    expect(waiting).toBeInstanceOf(Promise);
    const answers: readonly Assignment[] = await waiting;
    expect(answers.map(({ experiment }) => experiment)).toEqual(['first', 'moved', 'last']);
    expect(answers[1]).toMatchObject({ variant: 'treatment', reason: 'pinned', epoch: 1 });
  });
});
