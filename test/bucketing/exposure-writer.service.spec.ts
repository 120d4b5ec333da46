import { Logger } from '@nestjs/common';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseState } from '../../src/database/database-state.service.js';
import type { Transactions } from '../../src/database/transactions.service.js';
import type { Exposure } from '../../src/bucketing/exposure.js';
import type { ExposureStore } from '../../src/bucketing/exposure.store.js';
import { ExposureSpool } from '../../src/bucketing/exposure-spool.client.js';
import { ExposureRecovery } from '../../src/bucketing/exposure-recovery.service.js';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { serveExperiment } from '../../src/bucketing/served-experiment.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import type { EventPublisher } from '../../src/operations/events/event-publisher.service.js';
import { experimentWith, firstEpoch } from './experiment-fixtures.js';

const experiment = experimentWith();
const { drawn } = serveExperiment({ experiment, epochs: [firstEpoch(experiment)] }, 0).compiled;

/** A writer over a list instead of a table; `away` makes its transactions fail, and it refuses whoever is named poison. */
function writerOverList(directory: string | null = null) {
  const written: Exposure[] = [];
  const announced: object[] = [];
  const state = { away: false, attempts: 0, now: new Date('2026-01-07T10:20:30Z') };
  const store = {
    write(exposures: readonly Exposure[]) {
      state.attempts += 1;
      const poisoned = exposures.some(({ unitId }) => unitId?.startsWith('poison'));
      // 22P05, untranslatable_character: PostgreSQL documentation, appendix A.
      if (poisoned) return Promise.reject(Object.assign(new Error('untranslatable'), { code: '22P05' }));
      return Promise.resolve(void written.push(...exposures));
    },
  };
  const transactions = {
    run: (work: () => Promise<void>) => (state.away ? Promise.reject(new Error('away')) : work()),
  };
  const events = { publish: (_name: string, payload: object) => void announced.push(payload) };
  const writer = new ExposureWriter(
    store as unknown as ExposureStore,
    transactions as unknown as Transactions,
    events as unknown as EventPublisher,
    new ExposureSpool(directory),
    { now: () => state.now },
  );
  const note = (unitId: string, attributes: Record<string, unknown> | null = null) =>
    writer.note(drawn[0]!, hashUnit(unitId), writer.trackOf(experiment.id, experiment.phase), attributes);
  return { writer, written, announced, state, note, store, transactions };
}

describe('ExposureWriter', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['log', 'error', 'warn']));

  it('writes an exposure with its key, its cohort and what was known of the unit', async () => {
    const { writer, written, announced, note } = writerOverList();
    note('user-1', { plan: 'pro' });
    await writer.drained();
    const expected = {
      experimentId: 1,
      unit: unitKey('user-1'),
      phase: 0,
      unitId: 'user-1',
      variant: 'control',
      epoch: 1,
      reason: 'split',
      propensity: 0.5,
      exposedAt: new Date('2026-01-07T10:20:30Z'),
      cohortDay: '2026-01-07',
      cohortBin: new Date('2026-01-07T00:00:00Z'),
      attributes: { plan: 'pro' },
    };
    expect(written).toEqual([expected]);
    expect(announced).toEqual([expected]);
  });

  it('knows an exposure at once, and keeps the first of a unit', async () => {
    const { writer, written, state, note } = writerOverList();
    note('user-1', { plan: 'pro' });
    expect(writer.find(1, 'user-1', 0)).toMatchObject({ variant: 'control', attributes: { plan: 'pro' } });
    expect(writer.find(1, 'user-1', 1)).toBeUndefined();
    expect(writer.find(2, 'user-1', 0)).toBeUndefined();
    state.now = new Date('2026-01-08T00:00:00Z');
    note('user-1', { plan: 'free' });
    await writer.drained();
    note('user-1', { plan: 'free' });
    await writer.drained();
    expect(written).toMatchObject([
      { exposedAt: new Date('2026-01-07T10:20:30Z'), attributes: { plan: 'pro' } },
    ]);
  });

  it('writes a burst in order, each unit once, and a failed batch again', async () => {
    const { writer, written, state, note } = writerOverList();
    const ids = Array.from({ length: 5_000 }, (_, number) => `user-${number}`);
    state.away = true;
    for (const id of ids) note(id);
    for (const id of ids) note(id);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(written).toEqual([]);
    state.away = false;
    await writer.drained();
    expect(written.map(({ unitId }) => unitId)).toEqual(ids);
  });

  it('gives up what the database refuses as data, and writes everything around it', async () => {
    const { writer, written, state, note } = writerOverList();
    const ids = Array.from({ length: 3_000 }, (_, number) =>
      number === 700 || number === 2_999 ? `poison-${number}` : `user-${number}`,
    );
    for (const id of ids) note(id);
    await writer.drained();
    expect(written.map(({ unitId }) => unitId)).toEqual(ids.filter((id) => id.startsWith('user')));
    // Halved from 2,000 to 1 in eleven steps, twice, and back.
    expect(state.attempts).toBeLessThan(80);
  });

  describe('while the database is away', () => {
    let directory: string;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'assay-exposures-'));
    });
    afterEach(() => rm(directory, { recursive: true, force: true }));

    const until = async (reached: () => Promise<boolean>) => {
      while (!(await reached())) await new Promise(setImmediate);
    };
    const files = async () => (await readdir(directory)).filter((name) => name.endsWith('.ndjson'));

    it('keeps exposures on disk until they are written, each once', async () => {
      const { writer, written, state, note } = writerOverList(directory);
      state.away = true;
      for (let number = 0; number < 300; number += 1) note(`user-${number}`);
      await until(async () => (await files()).length > 0);
      state.away = false;
      await writer.drained();
      await until(async () => (await files()).length === 0);
      expect(written).toHaveLength(300);
    });

    it('leaves them to the next process, which writes them as they were', async () => {
      const before = writerOverList(directory);
      before.state.away = true;
      before.note('user-1', { plan: 'pro' });
      before.note('poison-1');
      before.note('user-2');
      await until(async () => (await files()).length > 0);
      await before.writer.onApplicationShutdown();
      const after = writerOverList(directory);
      const recovery = new ExposureRecovery(
        new ExposureSpool(directory),
        after.store as unknown as ExposureStore,
        after.transactions as unknown as Transactions,
        { whenReady: () => Promise.resolve() } as DatabaseState,
      );
      expect(await recovery.recover()).toBe(3);
      expect(after.written).toMatchObject([
        { unitId: 'user-1', attributes: { plan: 'pro' }, exposedAt: new Date('2026-01-07T10:20:30Z') },
        { unitId: 'user-2', cohortBin: new Date('2026-01-07T00:00:00Z') },
      ]);
      expect(await files()).toEqual([]);
      expect(await recovery.recover()).toBe(0);
    });
  });
});
