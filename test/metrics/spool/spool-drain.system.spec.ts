import { ConsoleLogger, Logger } from '@nestjs/common';
import fc from 'fast-check';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcomeWith } from './outcome.fixture.js';
import { FakeDatabase, SpoolingProcess, type Fate } from './spooling-process.fixture.js';

describe('a spool that is drained', () => {
  let directory: string;
  const running: SpoolingProcess[] = [];
  beforeAll(() => Logger.overrideLogger(new ConsoleLogger({ logLevels: ['fatal'] })));
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-drain-'));
  });
  afterEach(async () => {
    for (const process of running.splice(0)) await process.end();
    await rm(directory, { recursive: true, force: true });
  });

  const start = async (database: FakeDatabase, experiments?: readonly number[]) => {
    const process = await new SpoolingProcess(directory, database, experiments).start();
    running.push(process);
    return process;
  };
  const outcomes = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => outcomeWith(from + index));
  const ids = (count: number) => outcomes(count).map(({ id }) => id);

  it('goes to the database in the order in which it came, in batches of a thousand', async () => {
    const database = new FakeDatabase();
    const process = await start(database);
    expect(await process.intake.take(outcomes(1_100))).toEqual(
      Array.from({ length: 1_100 }, () => 'deferred'),
    );
    await process.intake.take(outcomes(3, 1_100));
    expect([process.spool.waiting(1), process.spool.waiting(2)]).toEqual([1_103, 0]);
    process.state.ready();
    await process.drained();
    expect(database.rows).toEqual(ids(1_103));
    expect(database.batches).toEqual([1_000, 103]);
    expect(process.spool.waiting(1)).toBe(0);
    expect(await process.intake.take(outcomes(1, 1_103))).toEqual(['accepted']);
  });

  it('is drained by the next process where this one was ended', async () => {
    const database = new FakeDatabase();
    const first = await start(database);
    await first.intake.take(outcomes(10));
    await running.pop()?.end();
    const second = await start(database);
    expect(second.spool.waiting(1)).toBe(10);
    // What comes now waits behind them, although the database is there.
    second.state.ready();
    expect(await second.intake.take(outcomes(1, 10))).toEqual(['deferred']);
    await second.drained();
    expect(database.rows).toEqual(ids(11));
  });

  it('counts everything once and in order, whenever the database or the process fails', async () => {
    const fates = fc.array(fc.constantFrom<Fate>('commits', 'refuses', 'dies after the commit'), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fates, { minLength: 1, maxLength: 3 }), async (lives) => {
        const database = new FakeDatabase();
        let sent = 0;
        for (const life of lives) {
          const process = await start(database);
          await process.intake.take(outcomes(3, sent));
          sent += 3;
          database.fates = [...life];
          process.state.ready();
          // Ended in the middle, or at the end of its work.
          if (life.length > 2) await process.drained();
          await running.pop()?.end();
        }
        database.fates = [];
        const last = await start(database);
        last.state.ready();
        await last.drained();
        await running.pop()?.end();
        expect(database.rows).toEqual(ids(sent));
      }),
      { numRuns: 25 },
    );
  });

  it('takes in what a write could not deliver, and nothing that failed for another reason', async () => {
    const database = new FakeDatabase();
    const process = await start(database);
    process.state.ready();
    database.fates = ['dies after the commit'];
    expect(await process.intake.take(outcomes(2))).toEqual(['deferred', 'deferred']);
    await process.drained();
    expect(database.rows).toEqual(ids(2));
    database.write = () => Promise.reject(new Error('a mistake'));
    await expect(process.intake.take(outcomes(1, 2))).rejects.toThrow('a mistake');
    expect(process.spool.isEmpty).toBe(true);
  });

  it('takes in what a database that says nothing was given, and drains it as duplicates', async () => {
    const database = new FakeDatabase();
    const process = await start(database);
    process.state.ready();
    database.fates = ['commits in silence'];
    expect(await process.intake.take(outcomes(2))).toEqual(['deferred', 'deferred']);
    await process.drained();
    expect(database.rows).toEqual(ids(2));
    expect(database.batches).toEqual([2, 2]);
  });

  it('sets aside what no database will take, and goes on', async () => {
    const database = new FakeDatabase();
    database.poison = 'outcome 1';
    const first = await start(database);
    await first.intake.take([...outcomes(3), outcomeWith(3, { experimentId: 2 }), outcomeWith(4)]);
    await running.pop()?.end();
    // Another database, in which experiment 2 is unknown.
    const second = await start(database, [1]);
    second.state.ready();
    await second.drained();
    expect(database.rows).toEqual(['outcome 0', 'outcome 2', 'outcome 4']);
    const lines = (await readFile(join(directory, 'set-aside.ndjson'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { reason: 'value out of range', outcome: { id: 'outcome 1' } },
      { reason: 'this database has no such experiment', outcome: { id: 'outcome 3' } },
    ]);
  });

  it('belongs to one process; another refuses outcomes until the first has ended', async () => {
    const database = new FakeDatabase();
    await start(database);
    const other = await start(database);
    expect(await other.probes[0]?.check()).toMatchObject({ state: 'degraded' });
    expect(other.spool.holds).toBe(false);
    database.fates = ['refuses'];
    await expect(other.intake.take(outcomes(1))).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(database.rows).toEqual([]);
  });

  it('is told where it is, how much waits and for how long', async () => {
    const process = await start(new FakeDatabase());
    const probe = process.probes[0];
    expect(probe?.name).toBe('spool');
    expect(await probe?.check()).toEqual({ state: 'up', detail: { records: 0, bytes: 0, oldestSeconds: 0 } });
    await process.intake.take(outcomes(2));
    expect(await probe?.check()).toMatchObject({
      state: 'degraded',
      detail: { records: 2, oldestSeconds: 600 },
    });
  });

  it('holds no more than it may', async () => {
    const process = await start(new FakeDatabase());
    expect(process.spool.holds).toBe(true);
    // 1 MiB, of which each of these takes more than 60 kB.
    const large = (number: number) => outcomeWith(number, { tags: { padding: 'x'.repeat(60_000) } });
    for (let number = 0; number < 17; number += 1) await process.intake.take([large(number)]);
    expect(process.spool.holds).toBe(false);
    const refused = process.intake.take([large(17)]);
    await expect(refused).rejects.toMatchObject({ code: 'SPOOL_FULL' });
    expect(process.spool.waiting(1)).toBe(17);
  });

  it('is none where it is switched off', async () => {
    const process = await new SpoolingProcess(null, new FakeDatabase()).start();
    expect([process.probes, process.spool.holds, await process.spool.open()]).toEqual([[], false, false]);
  });
});
