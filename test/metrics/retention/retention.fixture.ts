import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveDirectory } from '../../../src/metrics/retention/archive-directory.client.js';
import { ClosedDayStore } from '../../../src/metrics/retention/closed-day.store.js';
import { DayArchiver } from '../../../src/metrics/retention/day-archiver.service.js';
import { OutcomeDayStore } from '../../../src/metrics/retention/outcome-day.store.js';
import { RetentionRounds } from '../../../src/metrics/retention/retention-rounds.service.js';
import { RetentionService } from '../../../src/metrics/retention/retention.service.js';
import type { StartedDatabase } from '../../database/embedded.fixture.js';
import { TestClock } from '../../operations/test-clock.js';

/** One process's retention of thirty days, with a year between the outcomes of these tests and its clock. */
export function startRetention(
  { dataSource, transactions }: StartedDatabase,
  directory: string,
  clock = new TestClock(),
): { readonly service: RetentionService; readonly closedDays: ClosedDayStore; readonly clock: TestClock } {
  clock.advance(366 * 86_400_000);
  const options = { keep: 'P30D', directory };
  const closedDays = new ClosedDayStore(dataSource);
  const outcomeDays = new OutcomeDayStore(dataSource);
  const archiver = new DayArchiver(options, closedDays, outcomeDays, transactions, clock);
  const service = new RetentionService(
    options,
    closedDays,
    outcomeDays,
    archiver,
    transactions,
    clock,
    new RetentionRounds(),
  );
  return { service, closedDays, clock };
}

/** A directory for an archive, and the way to read one of its days. */
export async function openArchive() {
  const path = await mkdtemp(join(tmpdir(), 'assay-archive-'));
  return {
    path,
    async rows(day: string): Promise<{ unitId: string; id: string }[]> {
      const directory = new ArchiveDirectory(path);
      const rows: { unitId: string; id: string }[] = [];
      for await (const line of directory.lines(directory.fileOf(day))) rows.push(JSON.parse(line.toString()));
      return rows;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
