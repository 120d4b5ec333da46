import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome, Verdict } from '../../../src/metrics/outcome.js';
import { startDatabase, type StartedDatabase } from '../../database/embedded.fixture.js';
import { createScratchDatabase, type ScratchDatabase } from '../../database/services.fixture.js';
import { exposureOf, units } from '../concurrent-outcomes.fixture.js';
import { metricNumber, startWriter } from '../measurement.fixture.js';
import { openArchive, startRetention } from './retention.fixture.js';

const day = '2026-03-01';

describe('a cohort day that is closed while three processes write to it', () => {
  let scratch: ScratchDatabase;
  let databases: StartedDatabase[];
  let archive: Awaited<ReturnType<typeof openArchive>>;
  const verdicts = new Map<string, Verdict>();
  let archived: string[];

  /** An outcome of one of ten units, first exposed on the day, with an id of its own. */
  const outcomeOf = (writer: number, number: number): Outcome => {
    const exposure = exposureOf(1, number % units);
    return {
      experimentId: 1,
      unit: exposure.unit,
      id: `writer ${writer}, outcome ${number}`,
      interaction: `interaction ${number}`,
      at: exposure.exposedAt,
      receivedAt: exposure.exposedAt,
      measures: [{ metric: metricNumber('latency'), value: 100 + number }],
      tags: null,
      errored: false,
      replaces: false,
      phase: 0,
      proof: exposure,
    };
  };

  /** Writes, a few at a time, until the day has been closed for a while. */
  async function write(database: StartedDatabase, writer: number): Promise<void> {
    const service = startWriter(database);
    for (let number = 0, refused = 0; refused < 20; number += 5) {
      const batch = Array.from({ length: 5 }, (_, index) => outcomeOf(writer, number + index));
      const found = await service.write(batch);
      batch.forEach(({ id }, index) => verdicts.set(id, found[index] ?? 'never-exposed'));
      refused += found.filter((verdict) => typeof verdict === 'object').length > 0 ? 1 : 0;
    }
  }

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    archive = await openArchive();
    const options = { url: scratch.url, dataDirectory: 'memory://' };
    databases = [await startDatabase(options)];
    while (databases.length < 4) databases.push(await startDatabase(options));
    const [first, ...others] = databases;
    if (!first) throw new Error('no database');
    // Two processes do the same work at once.
    const retentions = [
      startRetention(first, archive.path),
      startRetention(others[0] ?? first, archive.path),
    ];
    const writing = Promise.all(others.map(write));
    while (verdicts.size < 300) await delay(10);
    for (const { service } of retentions) void service.run();
    await writing;
    for (const { service } of retentions) await service.run();
    await retentions[0]?.service.run();
    archived = (await archive.rows(day)).map(({ id }) => id);
  }, 240_000);
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
    await scratch.drop();
    await archive.remove();
  });

  it('has every outcome in the archive that was accepted, and no other', () => {
    const accepted = [...verdicts].filter(([, verdict]) => verdict === 'accepted').map(([id]) => id);
    expect(accepted.length).toBeGreaterThanOrEqual(300);
    expect(archived.sort()).toEqual(accepted.sort());
  });

  it('says of every other outcome which day is closed', () => {
    const others = [...verdicts.values()].filter((verdict) => verdict !== 'accepted');
    expect(others.length).toBeGreaterThanOrEqual(60);
    expect(new Set(others.map((verdict) => JSON.stringify(verdict)))).toEqual(
      new Set([JSON.stringify({ closedDay: day })]),
    );
  });

  it('counts as many outcomes in the totals, and has none in the database', async () => {
    const [found] = await (databases[0]?.dataSource.query(
      `SELECT (SELECT count(*)::int FROM outcome) AS rows, to_regclass('outcome_20260301') IS NULL AS dropped,
              (SELECT sum(events)::int FROM cohort_total WHERE metric = $1) AS counted, (SELECT rows::int FROM closed_day) AS recorded`,
      [metricNumber('latency')],
    ) ?? []);
    expect(found).toEqual({ rows: 0, dropped: true, counted: archived.length, recorded: archived.length });
  });
});
