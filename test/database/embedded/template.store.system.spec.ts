import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedClient } from '../../../src/database/embedded/embedded.client.js';
import { migrations } from '../../../src/database/migrations/all.migration.js';
import { TemplateStore } from '../../../src/database/embedded/template.store.js';
import { startDatabase } from '../embedded.fixture.js';

describe('the template of the embedded database', () => {
  let cacheDirectory: string;

  beforeAll(async () => {
    cacheDirectory = await mkdtemp(join(tmpdir(), 'assay-template-'));
  });
  afterAll(() => rm(cacheDirectory, { recursive: true, force: true }));

  const migrationsOf = async (dataDirectory = 'memory://'): Promise<unknown> => {
    const database = await startDatabase({ url: null, dataDirectory, cacheDirectory });
    const rows: unknown = await database.dataSource.query('SELECT name, applied_at FROM assay_migration');
    await database.close();
    return rows;
  };
  const template = async (): Promise<string> => {
    const names = await readdir(cacheDirectory);
    expect(names).toEqual([expect.stringMatching(/^template-[0-9a-f]{32}\.tar\.gz$/)]);
    return join(cacheDirectory, names[0] ?? '');
  };

  it('is made by the first start and used by the next, in memory and on disk', async () => {
    const first = await migrationsOf();
    await template();
    // The same instant of application: the migrations were copied, not run again.
    expect(await migrationsOf()).toEqual(first);
    const data = await mkdtemp(join(tmpdir(), 'assay-data-'));
    expect(await migrationsOf(data)).toEqual(first);
    await rm(data, { recursive: true });
  }, 60_000);

  it('is ignored and built again when it is cut short', async () => {
    const path = await template();
    const whole = (await stat(path)).size;
    await truncate(path, 1_000_000);
    expect(await migrationsOf()).toHaveLength(migrations.length);
    expect((await stat(await template())).size).toBeGreaterThan(whole / 2);
  }, 60_000);

  it.each(['', 'not a template'])('is refused by the database when it reads "%s"', async (content) => {
    const path = join(cacheDirectory, 'broken');
    await writeFile(path, content);
    const database = new EmbeddedClient(() => undefined);
    await expect(database.start(null, path)).rejects.toThrow();
    await database.close();
    await rm(path);
  });

  it('takes the place of those that nobody has written for a month', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'assay-template-'));
    const [old, recent] = ['template-old.tar.gz', 'template-recent.tar.gz'];
    for (const name of [old, recent]) await writeFile(join(directory, name), '');
    const twoMonthsAgo = new Date(Date.now() - 60 * 24 * 60 * 60 * 1000);
    await utimes(join(directory, old), twoMonthsAgo, twoMonthsAgo);
    await (await TemplateStore.open(directory)).write(new ArrayBuffer(8));
    const names = await readdir(directory);
    expect([names.length, names.includes(old), names.includes(recent)]).toEqual([2, false, true]);
    await rm(directory, { recursive: true });
  });

  it('is done without where the cache cannot be written', async () => {
    const path = join(cacheDirectory, 'a-file');
    await writeFile(path, '');
    const store = await TemplateStore.open(join(path, 'below'));
    await store.write(new ArrayBuffer(8));
    expect(await store.find()).toBeNull();
    await rm(path);
  });
});
