import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildWorkshop } from './child.fixture.js';
import { startDatabase, type StartedDatabase } from './embedded.fixture.js';

/** A whole application that writes rows and says a row's number once it is committed. */
const WRITER = `
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from './src/database/database.module.js';
import { Transactions } from './src/database/transactions.service.js';
const [directory, rows] = process.argv.slice(2);
const module = DatabaseModule.forRoot({ url: null, dataDirectory: directory });
const application = await NestFactory.createApplicationContext(module, { logger: false });
const transactions = application.get(Transactions);
await transactions.run((manager) => manager.query('CREATE TABLE IF NOT EXISTS row_written (id int PRIMARY KEY)'));
for (let id = 0; id < Number(rows); id += 1) {
  await transactions.run((manager) => manager.query('INSERT INTO row_written VALUES ($1)', [id]));
  process.stdout.write(id + '\\n');
}
await application.close();
process.stdout.write('closed\\n');
`;

describe('an embedded database in a directory', () => {
  let root: string;
  let directory: string;
  let workshop: ChildWorkshop;

  beforeAll(async () => {
    workshop = await ChildWorkshop.open();
  });
  afterAll(() => workshop.close());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'assay-directory-'));
    directory = join(root, 'data');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const open = (): Promise<StartedDatabase> => startDatabase({ url: null, dataDirectory: directory });
  const written = async (database: StartedDatabase): Promise<number[]> => {
    const rows = await database.dataSource.query<{ id: number }[]>('SELECT id FROM row_written ORDER BY id');
    return rows.map(({ id }) => id);
  };

  it('keeps its rows when it is closed and opened, and belongs to this user alone', async () => {
    const first = await open();
    await first.dataSource.query('CREATE TABLE row_written (id int)');
    await first.dataSource.query('INSERT INTO row_written VALUES (1)');
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await expect(open()).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
    await first.close();
    expect(await readdir(directory)).toEqual(['pglite']);
    const second = await open();
    expect(await written(second)).toEqual([1]);
    await second.close();
  }, 60_000);

  it('has every acknowledged row after its process was killed', async () => {
    const child = await workshop.start(WRITER, directory, '100000');
    for (let seen = 0; seen < 300; seen += 1) await child.line();
    await child.kill();
    const acknowledged = 300 + (await child.rest()).length;
    const database = await open();
    const ids = await written(database);
    // One more may have been committed and not yet acknowledged.
    expect([acknowledged, acknowledged + 1]).toContain(ids.length);
    expect(ids).toEqual(ids.map((_id, position) => position));
    await database.close();
  }, 60_000);

  it('lets the process end by itself once it is closed', async () => {
    const child = await workshop.start(WRITER, directory, '3');
    expect(await child.rest()).toEqual(['0', '1', '2', 'closed']);
    expect(await child.exit()).toBe(0);
  }, 60_000);

  it('begins again where a first start was cut off, and keeps aside what it found', async () => {
    await mkdir(join(directory, 'pglite'), { recursive: true });
    await writeFile(join(directory, 'unfinished'), '');
    await writeFile(join(directory, 'pglite', 'PG_VERSION'), '18\n');
    const database = await open();
    expect(database.state.status).toBe('ready');
    await database.close();
    expect((await readdir(directory)).sort()).toEqual([
      'pglite',
      expect.stringMatching(/^pglite\.unfinished-/),
    ]);
  }, 60_000);

  it('fails the start with the reason when the directory holds something it cannot open', async () => {
    await mkdir(join(directory, 'pglite'), { recursive: true });
    await writeFile(join(directory, 'pglite', 'PG_VERSION'), '9\n');
    await expect(open()).rejects.toThrow();
    expect(await readdir(directory)).toEqual(['pglite']);
  }, 60_000);
});
