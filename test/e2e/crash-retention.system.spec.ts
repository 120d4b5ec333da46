import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshStore, type Store } from './crash-store.fixture.js';
import { archiveAndDie, sentPerRound, type Found, type StopPoint } from './retention-child.fixture.js';

const folder = 'metrics/retention/';
const closedDays = { file: `${folder}closed-day.store.js`, owner: 'ClosedDayStore' };
const outcomeDays = { file: `${folder}outcome-day.store.js`, owner: 'OutcomeDayStore' };
const archiver = { file: `${folder}day-archiver.service.js`, owner: 'DayArchiver' };
const directory = { file: `${folder}archive-directory.client.js`, owner: 'ArchiveDirectory' };

const stopPoints: readonly (readonly [string, StopPoint])[] = [
  ['before the closing is committed', { ...closedDays, method: 'close', at: 'end' }],
  ['once the day is closed', { ...archiver, method: 'archive', at: 'begin' }],
  ['in the middle of the file', { ...directory, method: 'put', at: 'end' }],
  ['once the file has its name', { ...directory, method: 'digest', at: 'begin' }],
  ['before the partition is dropped', { ...outcomeDays, method: 'drop', at: 'begin' }],
  ['before the drop is committed', { ...outcomeDays, method: 'drop', at: 'end' }],
  ['once the day is archived', { ...closedDays, method: 'release', at: 'begin' }],
];

describe('a process that is killed while it archives', () => {
  let store: Store;
  let archive: string;
  const runs: { found: Found | null; signal: NodeJS.Signals | null; printed: string }[] = [];
  const leftParts: number[] = [];

  beforeAll(async () => {
    store = await freshStore();
    archive = await mkdtemp(join(tmpdir(), 'assay-archive-'));
    const environment = { ...store.environment, ASSAY_ARCHIVE_DIR: archive };
    for (const [round, stop] of [...stopPoints.map(([, point]) => point), null].entries()) {
      runs.push(await archiveAndDie(environment, round, stop));
      leftParts.push((await readdir(archive)).filter((name) => name.endsWith('.part')).length);
    }
  }, 600_000);
  afterAll(async () => {
    await store.drop();
    await rm(archive, { recursive: true, force: true });
  });

  it.each(stopPoints.map(([name], round) => [name, round] as const))(
    '%s loses no outcome, and the next finishes its work',
    (_, round) => {
      expect(runs[round]).toMatchObject({ signal: 'SIGKILL', printed: expect.not.stringContaining('rror') });
      const next = runs[round + 1]?.found;
      const sent = Array.from({ length: sentPerRound }, (__, index) => `round-${round}:${index}`);
      expect(next?.exported.sort()).toEqual(sent.sort());
      const archived = next?.archives.filter(({ rows }) => rows === sentPerRound) ?? [];
      expect(archived).toHaveLength(round + 1);
    },
  );

  it('leaves a torn file only where it was killed in the middle of one', () => {
    expect(leftParts).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
    expect(runs.at(-1)).toMatchObject({ signal: null });
  });
});
