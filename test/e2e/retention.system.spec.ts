import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveDirectory } from '../../src/metrics/retention/archive-directory.client.js';
import { verdicts } from './ingestion.fixture.js';
import { day, RetentionFixture, type Row } from './retention.fixture.js';

const units = Array.from({ length: 30 }, (_, index) => `user-${index}`);

describe('a cohort day past the retention', () => {
  let fixture: RetentionFixture;
  let first: string;
  let before: Row[];
  beforeAll(async () => {
    fixture = await RetentionFixture.start();
    first = fixture.today;
    await fixture.begin('old');
    await fixture.expose('old', units);
    await fixture.rate('old', units, 50);
    before = await fixture.exported('old');
    fixture.server.advance(day);
    await fixture.conclude('old');
    await fixture.begin('other');
    await fixture.expose('other', ['user-1']);
    await fixture.rate('other', ['user-1']);
    fixture.server.advance(29 * day);
    await fixture.tick();
  }, 120_000);
  afterAll(() => fixture.close());

  it('stays in the database until all of it is old', async () => {
    // 1,500 of the first experiment, one of the other.
    expect(before).toHaveLength(1_500);
    expect(await fixture.stored()).toBe(1_501);
    expect(await fixture.archives()).toEqual([]);
  });

  it('then is a file with every outcome, and no longer a partition', async () => {
    fixture.server.advance(day);
    await fixture.tick();
    expect(await fixture.stored()).toBe(1);
    const rows = await fixture.archivedRows(first);
    expect(rows.map(({ experiment, ...row }) => [experiment, row])).toEqual(
      before.map((row) => ['old', row]),
    );
    expect(await fixture.files()).toEqual([`outcomes-${first}.ndjson.gz`]);
  });

  it('is listed with what proves the file', async () => {
    const file = `outcomes-${first}.ndjson.gz`;
    const bytes = await readFile(join(fixture.directory, 'archive', file));
    const now = fixture.server.now().toISOString().slice(0, 10);
    expect(await fixture.archives()).toEqual([
      {
        day: first,
        file,
        rows: 1_500,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        closedAt: expect.stringContaining(now),
        droppedAt: expect.stringContaining(now),
      },
    ]);
  });

  it('is exported as before', async () => {
    expect(await fixture.exported('old')).toEqual(before);
    expect(await fixture.exported('other')).toHaveLength(1);
  });

  it('leaves the totals, and a warning in the report and its effects over time', async () => {
    const { health, metrics } = await fixture.results('old');
    const events = metrics[0].variants.map((variant: { events: number }) => variant.events);
    expect(events[0] + events[1]).toBe(1_500);
    const message = expect.stringMatching(/^Raw outcomes of 1 cohort day are archived.*\?asOf=/);
    expect(health.warnings).toContainEqual({ code: 'OUTCOMES_ARCHIVED', message });
    const { body } = await fixture.server.call('GET', '/v1/experiments/old/results/time');
    expect(body.warnings).toContainEqual({ code: 'OUTCOMES_ARCHIVED', message });
    const codes = (await fixture.results('other')).health.warnings.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('OUTCOMES_ARCHIVED');
  });

  it('refuses outcomes, each for itself, and gets no second partition', async () => {
    await fixture.expose('other', ['user-2']);
    const { status, body } = await fixture.send(
      { id: 'late', experiment: 'old', unit: 'user-3', metrics: { user_rating: 5 } },
      { id: 'new', experiment: 'other', unit: 'user-2', metrics: { user_rating: 5 } },
    );
    expect(status).toBe(207);
    expect(verdicts(body)).toEqual(['RETENTION_PASSED', 'accepted']);
    expect(body.results[0].detail).toContain(first);
    expect(body.results[0].detail).toContain('"late"');
    const [found] = await fixture.query<{ absent: boolean }>(
      `SELECT to_regclass('outcome_${first.replaceAll('-', '')}') IS NULL AS absent`,
    );
    expect(found).toEqual({ absent: true });
    expect((await fixture.results('old')).health.outcomes).toBe(1_500);
  });

  it('is left alone from then on', async () => {
    const archived = await fixture.archives();
    await fixture.tick();
    expect(await fixture.archives()).toEqual(archived);
  });
});

describe('a cohort day past the retention that is still needed', () => {
  let fixture: RetentionFixture;
  beforeEach(async () => {
    fixture = await RetentionFixture.start();
    await fixture.begin('needed');
    await fixture.expose('needed', ['user-1']);
    await fixture.rate('needed', ['user-1']);
    fixture.server.advance(40 * day);
  }, 120_000);
  afterEach(() => fixture.close());

  const isKept = async (): Promise<boolean> => {
    await fixture.tick();
    return (await fixture.stored()) === 1;
  };
  const act = (action: string) =>
    fixture.server.call('POST', `/v1/experiments/needed/${action}`, { reason: 'so' });

  it('stays while its experiment runs, is paused, or is killed and may be resumed', async () => {
    expect(await isKept()).toBe(true);
    expect((await act('pause')).status).toBe(200);
    expect(await isKept()).toBe(true);
    expect((await act('kill')).status).toBe(200);
    expect(await isKept()).toBe(true);
    expect((await act('archive')).status).toBe(200);
    expect(await isKept()).toBe(true);
    // A window of two days and its bin of an hour after the last change.
    fixture.server.advance(2 * day + 3_600_000);
    expect(await isKept()).toBe(false);
  });

  it('stays until the window of the last unit it may have exposed is over', async () => {
    await fixture.conclude('needed');
    fixture.server.advance(2 * day);
    expect(await isKept()).toBe(true);
    fixture.server.advance(3_600_000);
    expect(await isKept()).toBe(false);
  });
});

describe('a cohort day whose file does not hold what the database does', () => {
  let fixture: RetentionFixture;
  type Write = (this: ArchiveDirectory, date: string, pages: AsyncIterable<string>) => Promise<void>;
  const write = Object.getOwnPropertyDescriptor(ArchiveDirectory.prototype, 'write')?.value as Write;
  beforeAll(async () => {
    fixture = await RetentionFixture.start();
    await fixture.begin('doubtful');
    await fixture.expose('doubtful', units);
    await fixture.rate('doubtful', units, 2);
    await fixture.conclude('doubtful');
    fixture.server.advance(40 * day);
  }, 120_000);
  afterEach(() => {
    ArchiveDirectory.prototype.write = write;
  });
  afterAll(() => fixture.close());

  /** Lets a disk change what it is given. */
  const corrupt = (change: (page: string) => string) => {
    ArchiveDirectory.prototype.write = function (this: ArchiveDirectory, date, pages) {
      const changed = async function* () {
        for await (const page of pages) yield change(page);
      };
      return write.call(this, date, changed());
    };
  };

  it.each([
    ['lacks a line', (page: string) => page.slice(page.indexOf('\n') + 1)],
    ['has a line twice', (page: string) => page.slice(0, page.indexOf('\n') + 1) + page],
    ['has another value', (page: string) => page.replace('"user_rating": 1', '"user_rating": 2')],
  ])('stays in the database when the file %s', async (_, change) => {
    corrupt(change);
    await fixture.tick();
    expect(await fixture.stored()).toBe(60);
    expect(await fixture.archives()).toMatchObject([{ file: null, rows: null, droppedAt: null }]);
    expect(await fixture.exported('doubtful')).toHaveLength(60);
  });

  it('goes at the next attempt that succeeds, in place of the wrong file', async () => {
    await fixture.tick();
    expect(await fixture.stored()).toBe(0);
    expect(await fixture.files()).toHaveLength(1);
    expect(await fixture.exported('doubtful')).toHaveLength(60);
  });

  it('is not exported in part once its file is gone', async () => {
    await rm(join(fixture.directory, 'archive'), { recursive: true });
    const { status, body } = await fixture.server.call(
      'GET',
      '/v1/experiments/doubtful/export?kind=outcomes',
    );
    expect([status, body.code]).toEqual([503, 'ARCHIVE_UNREADABLE']);
  });
});

describe('what comes for a closed cohort day another way', () => {
  let fixture: RetentionFixture;
  beforeAll(async () => {
    fixture = await RetentionFixture.start();
  }, 120_000);
  afterAll(() => fixture.close());

  it('lines of an import are refused with the code, and change nothing', async () => {
    await fixture.server.call('POST', '/v1/experiments', {
      key: 'imported',
      source: 'imported',
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'user_rating' },
    });
    const line = (unit: string, variant: string) =>
      JSON.stringify({ unit, variant, at: '2026-01-02T00:00:00Z', metrics: { user_rating: 4 } });
    const send = (...lines: string[]) =>
      fixture.server.call('POST', '/v1/experiments/imported/import', lines.join('\n'));
    expect((await send(line('u1', 'b'))).body.accepted).toBe(1);
    fixture.server.advance(40 * day);
    await fixture.tick();
    const late = await send(line('u1', 'a'), '', line('u2', 'a'));
    expect(late.status).toBe(207);
    expect(late.body).toMatchObject({ lines: 3, accepted: 0, refused: 2 });
    expect(late.body.refusals).toEqual([
      { line: 1, code: 'RETENTION_PASSED', detail: expect.stringContaining('imported') },
      { line: 3, code: 'RETENTION_PASSED', detail: expect.stringContaining('imported') },
    ]);
    const { variants, health } = await fixture.results('imported');
    expect(variants.map(({ units: count }: { units: number }) => count)).toEqual([0, 1]);
    // Imported data have no looks to go back to.
    const [warning] = health.warnings.filter(({ code }: { code: string }) => code === 'OUTCOMES_ARCHIVED');
    expect(warning.message).not.toContain('asOf');
    expect(await fixture.exported('imported')).toMatchObject([{ unitId: 'u1', variant: 'b' }]);
  });
});
