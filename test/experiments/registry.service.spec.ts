import { ChangeFeed, type ChangeListener } from '../../src/database/change-feed.js';
import { DatabaseState } from '../../src/database/database-state.service.js';
import type { ExperimentStore } from '../../src/experiments/experiment.store.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import type { WeightEpochStore } from '../../src/experiments/weight-epoch.store.js';

class SilentFeed extends ChangeFeed {
  subscribe(_listener: ChangeListener): () => void {
    return () => undefined;
  }
}

/** Tables of one experiment at most, whose answers can be made to arrive late. */
class Tables {
  version = 1;
  isEmpty = false;
  isBroken = false;
  private readonly late: (() => void)[] = [];
  isLate = false;

  readonly experiments = {
    findByKey: (key: string) =>
      this.answer(this.isEmpty ? null : ({ id: 1, key, version: this.version } as Experiment)),
    versions: () =>
      this.isBroken
        ? Promise.reject(new Error('Connection terminated'))
        : this.answer(this.isEmpty ? [] : [{ id: 1, key: 'x', version: this.version }]),
  } as unknown as ExperimentStore;

  readonly weightEpochs = {
    listAll: () => this.answer([]),
  } as unknown as WeightEpochStore;

  /** What the table holds now, brought now or late. */
  private answer<Row>(found: Row): Promise<Row> {
    return this.isLate
      ? new Promise((resolve) => this.late.push(() => resolve(found)))
      : Promise.resolve(found);
  }

  arrive(): void {
    for (const resolve of this.late.splice(0)) resolve();
  }
}

describe('the registry', () => {
  let tables: Tables;
  let database: DatabaseState;
  let registry: RegistryService;
  beforeEach(() => {
    tables = new Tables();
    database = new DatabaseState();
    registry = new RegistryService(tables.experiments, tables.weightEpochs, new SilentFeed(), database);
  });

  /** Begins a reading whose answers wait until they are let arrive. */
  function readLate<Read>(read: () => Promise<Read>): Promise<Read> {
    tables.isLate = true;
    const reading = read();
    tables.isLate = false;
    return reading;
  }

  it('keeps the newer of two readings, whichever ends last', async () => {
    const older = readLate(() => registry.refresh('x'));
    tables.version = 2;
    expect((await registry.refresh('x'))?.experiment.version).toBe(2);
    tables.arrive();
    await new Promise(setImmediate);
    tables.arrive();
    expect((await older)?.experiment.version).toBe(2);
    expect(registry.get('x')?.experiment.version).toBe(2);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a reading', () => registry.refresh('x')],
    ['a poll', () => registry.poll()],
  ])('keeps what came to be while %s found nothing yet', async (_which, read) => {
    database.ready();
    tables.isEmpty = true;
    const older = readLate(read);
    tables.isEmpty = false;
    await registry.refresh('x');
    tables.arrive();
    await older;
    expect(registry.get('x')?.experiment.version).toBe(1);
  });

  it('forgets what is gone', async () => {
    await registry.refresh('x');
    tables.isEmpty = true;
    expect(await registry.refresh('x')).toBeUndefined();
    expect(registry.get('x')).toBeUndefined();
  });

  it('can say that there is no such experiment only once it has read all, and while the database is there', async () => {
    expect(registry.isCurrent).toBe(false);
    database.ready();
    expect(registry.isCurrent).toBe(false);
    await registry.whenLoaded();
    expect(registry.isCurrent).toBe(true);
    database.unavailable('cut');
    expect(registry.isCurrent).toBe(false);
  });

  it('loads when asked again after a failure', async () => {
    database.ready();
    tables.isBroken = true;
    await expect(registry.whenLoaded()).rejects.toThrow('Connection terminated');
    tables.isBroken = false;
    await registry.whenLoaded();
    expect(registry.get('x')?.experiment.version).toBe(1);
  });
});
