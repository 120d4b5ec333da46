import { jest } from '@jest/globals';
import type { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import { DatabaseSilence } from '../../src/database/database-silence.service.js';
import type { Transactions } from '../../src/database/transactions.service.js';
import type { RegistryService } from '../../src/experiments/registry.service.js';
import { IngestionService } from '../../src/metrics/ingestion.service.js';
import type { OutcomeBatch, OutcomeStore } from '../../src/metrics/outcome.store.js';
import type { PartitionStore } from '../../src/metrics/partition.store.js';
import type { EventPublisher } from '../../src/operations/events/event-publisher.service.js';
import { outcomeWith } from './spool/outcome.fixture.js';

/** A store whose commits end when they are told to. */
class SlowStore {
  readonly batches: { size: number; writer: number; commit: () => void }[] = [];

  write({ outcomes }: OutcomeBatch, writer: number) {
    return new Promise((resolve) => {
      const commit = () => resolve(outcomes.map(() => 'accepted'));
      this.batches.push({ size: outcomes.length, writer, commit });
    });
  }
}

function ingestionInto(store: SlowStore): IngestionService {
  const transactions = { run: (work: (manager: unknown) => Promise<unknown>) => work({}) };
  return new IngestionService(
    store as unknown as OutcomeStore,
    { remember: () => undefined } as unknown as PartitionStore,
    transactions as unknown as Transactions,
    { byId: () => undefined } as unknown as RegistryService,
    { get: () => undefined, entries: () => [] } as unknown as CatalogueService,
    { publish: () => undefined } as unknown as EventPublisher,
    new DatabaseSilence({ url: null }),
  );
}

const outcomes = (count: number) => Array.from({ length: count }, (_, number) => outcomeWith(number));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('The ingestion', () => {
  let store: SlowStore;
  let ingestion: IngestionService;
  beforeEach(() => {
    store = new SlowStore();
    ingestion = ingestionInto(store);
  });
  afterEach(() => void jest.useRealTimers());

  it('has two batches under way at most, each with totals of its own, and gathers what comes meanwhile', async () => {
    const first = ingestion.write(outcomes(1));
    const second = ingestion.write(outcomes(2));
    const others = [ingestion.write(outcomes(3)), ingestion.write(outcomes(4))];
    expect(store.batches.map(({ size }) => size)).toEqual([1, 2]);
    expect(store.batches[0]?.writer).not.toBe(store.batches[1]?.writer);
    store.batches[0]?.commit();
    expect(await first).toEqual(['accepted']);
    await settled();
    expect(store.batches.map(({ size }) => size)).toEqual([1, 2, 7]);
    store.batches[1]?.commit();
    store.batches[2]?.commit();
    expect(await Promise.all([second, ...others])).toHaveLength(3);
  });

  it('waits a moment for a larger batch only after one that was large, while another is under way', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    const written = ingestion.write(outcomes(1_600));
    expect(store.batches.map(({ size }) => size)).toEqual([1_000, 600]);
    const more = ingestion.write(outcomes(10));
    store.batches[0]?.commit();
    await settled();
    expect(store.batches).toHaveLength(2);
    const evenMore = ingestion.write(outcomes(20));
    jest.advanceTimersByTime(2);
    expect(store.batches.map(({ size }) => size)).toEqual([1_000, 600, 30]);
    for (const { commit } of store.batches) commit();
    expect((await Promise.all([written, more, evenMore])).map((verdicts) => verdicts.length)).toEqual([
      1_600, 10, 20,
    ]);
  });

  it('refuses what would not fit behind 50,000 that wait, and takes more once they are written', async () => {
    const waiting = ingestion.write(outcomes(50_000));
    expect(() => ingestion.write(outcomes(2_001))).toThrow(
      '48000 outcomes wait to be written already; send these 2001 again in a second.',
    );
    const end = waiting.then(() => 'all written');
    while ((await Promise.race([end, settled()])) !== 'all written') {
      for (const { commit } of store.batches) commit();
    }
    expect(store.batches.reduce((sum, { size }) => sum + size, 0)).toBe(50_000);
    void ingestion.write(outcomes(2_001));
    expect(store.batches.at(-1)?.size).toBe(1_000);
  });

  it('writes all that waits before it shuts down', async () => {
    const written = ingestion.write(outcomes(2_500));
    const closed = ingestion.onApplicationShutdown().then(() => 'closed');
    while ((await Promise.race([closed, settled()])) !== 'closed') {
      for (const { commit } of store.batches) commit();
    }
    expect(await written).toHaveLength(2_500);
  });

  it('gives up alone whose data the database refuses at a replay, and nothing for any other failure', async () => {
    const failing = (code: string) => ({
      write: ({ outcomes }: OutcomeBatch) =>
        outcomes.some(({ id }) => id === 'outcome 1')
          ? Promise.reject(Object.assign(new Error('refused'), { code }))
          : Promise.resolve(outcomes.map(() => 'accepted')),
    });
    const replay = (code: string) => ingestionInto(failing(code) as unknown as SlowStore).replay(outcomes(3));
    // 22003 numeric_value_out_of_range; 42P01 undefined_table: PostgreSQL documentation, appendix A.
    expect(await replay('22003')).toEqual([
      'accepted',
      expect.objectContaining({ code: '22003' }),
      'accepted',
    ]);
    await expect(replay('42P01')).rejects.toThrow('refused');
  });
});
