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

/** A table of one experiment, whose weight epochs can be made to arrive late. */
class Tables {
  version = 1;
  isBroken = false;
  private readonly late: (() => void)[] = [];
  isLate = false;

  readonly experiments = {
    findByKey: (key: string) => Promise.resolve({ id: 1, key, version: this.version } as Experiment),
    versions: () =>
      this.isBroken
        ? Promise.reject(new Error('Connection terminated'))
        : Promise.resolve([{ id: 1, key: 'x', version: this.version }]),
  } as unknown as ExperimentStore;

  readonly weightEpochs = {
    list: () =>
      this.isLate ? new Promise((resolve) => this.late.push(() => resolve([]))) : Promise.resolve([]),
  } as unknown as WeightEpochStore;

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

  it('keeps the newer of two readings, whichever ends last', async () => {
    tables.isLate = true;
    const older = registry.refresh('x');
    await new Promise(setImmediate);
    tables.isLate = false;
    tables.version = 2;
    expect((await registry.refresh('x'))?.experiment.version).toBe(2);
    tables.arrive();
    expect((await older)?.experiment.version).toBe(2);
    expect(registry.get('x')?.experiment.version).toBe(2);
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
