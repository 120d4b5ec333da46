import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frame } from '../../../src/metrics/spool/frame.js';
import { SpoolDirectory } from '../../../src/metrics/spool/spool-directory.client.js';

const roomy = { bytes: 1 << 20 };
const records = (...texts: string[]) => texts.map((text) => Buffer.from(text));

describe('a spool directory', () => {
  let path: string;
  let spool: SpoolDirectory | null = null;
  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'assay-spool-')), 'spool');
  });
  afterEach(async () => {
    await spool?.close();
    spool = null;
    await rm(path, { recursive: true, force: true });
  });

  const open = async (limits: { bytes: number; segmentBytes?: number } = roomy) =>
    (spool = await SpoolDirectory.open(path, limits));
  const files = async () => (await readdir(path)).filter((name) => name.endsWith('.spool')).sort();
  /** Everything in it, in order, and nothing of it any more. */
  const drained = async (from: SpoolDirectory): Promise<string[]> => {
    const found: string[] = [];
    for (let segment = await from.oldest(); segment; segment = await from.oldest()) {
      found.push(...(await from.read(segment)).records.map(String));
      await from.remove(segment);
    }
    return found;
  };

  it('gives back what it acknowledged, in order, also to the next process', async () => {
    const first = await open();
    await Promise.all([first.append(records('a', 'b')), first.append(records('c'))]);
    await first.append(records('d'));
    await first.close();
    const second = await open();
    await second.append(records('e'));
    expect(await drained(second)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([await files(), second.bytes]).toEqual([[], 0]);
  });

  it('has on disk what it acknowledged before it is closed', async () => {
    const first = await open();
    await first.append(records('a'));
    const [name = ''] = await files();
    expect(await readFile(join(path, name))).toEqual(frame(Buffer.from('a')));
    expect((await stat(join(path, name))).mode & 0o077).toBe(0);
  });

  it('shares one file, and its syncs, between all who wait', async () => {
    const first = await open();
    await Promise.all(Array.from({ length: 200 }, (_, index) => first.append(records(`${index}`))));
    expect(await files()).toHaveLength(1);
    expect(await drained(first)).toEqual(Array.from({ length: 200 }, (_, index) => `${index}`));
  });

  it('leaves out what a killed process did not finish, and adds nothing behind it', async () => {
    const first = await open();
    await first.append(records('whole'));
    await first.close();
    const [name = ''] = await files();
    const file = join(path, name);
    const end = (await stat(file)).size;
    await appendFile(file, frame(Buffer.from('never acknowledged')));
    for (let torn = end + 1; torn < end + frame(Buffer.from('never acknowledged')).length; torn += 1) {
      await truncate(file, torn);
      const next = await SpoolDirectory.open(path, roomy);
      const [segment] = next.segments;
      if (!segment) throw new Error('The segment is gone');
      expect(await next.read(segment)).toEqual({ records: records('whole'), torn: torn - end });
      await next.close();
      await appendFile(file, frame(Buffer.from('never acknowledged')).subarray(torn - end));
    }
    await truncate(file, end + 5);
    const last = await open();
    await last.append(records('new'));
    expect(await files()).toHaveLength(2);
    expect(await drained(last)).toEqual(['whole', 'new']);
  });

  it('begins a new file when one is large, and deletes each on its own', async () => {
    const first = await open({ bytes: 1 << 20, segmentBytes: 30 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) await first.append(records(text));
    // 13 bytes a record: two are 26 bytes, three are 39 and so the end of a file.
    expect(await files()).toHaveLength(2);
    const segment = await first.oldest();
    if (!segment) throw new Error('There is no segment');
    expect((await first.read(segment)).records.map(String)).toEqual(['a', 'b', 'c']);
    await first.remove(segment);
    expect([await files(), first.bytes]).toEqual([['0000000002.spool'], 26]);
    expect(await drained(first)).toEqual(['d', 'e']);
  });

  it('knows what fits, counting what is on its way', async () => {
    const first = await open({ bytes: 30 });
    expect(first.fits(30)).toBe(true);
    const writing = first.append(records('a'));
    expect([first.fits(17), first.fits(18)]).toEqual([true, false]);
    await writing;
    expect(await drained(first)).toEqual(['a']);
    expect(first.fits(30)).toBe(true);
  });

  it('keeps what it has and takes more later when a write fails', async () => {
    const first = await open();
    await first.append(records('before'));
    // The next file's name is taken, so that it cannot be made.
    await first.oldest();
    await writeFile(join(path, '0000000002.spool'), '');
    await expect(first.append(records('refused'))).rejects.toMatchObject({ code: 'EEXIST' });
    await rm(join(path, '0000000002.spool'));
    await first.append(records('after'));
    expect(await drained(first)).toEqual(['before', 'after']);
    expect(first.bytes).toBe(0);
  });

  it('cuts off a write that the disk did not confirm, and begins a new file', async () => {
    const first = await open();
    await first.append(records('before'));
    const { active } = first as unknown as { active: { file: { datasync(): Promise<void> } } };
    active.file.datasync = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    const refused = await Promise.allSettled([first.append(records('x')), first.append(records('y'))]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await first.append(records('after'));
    expect(await files()).toHaveLength(2);
    expect(first.bytes).toBe(frame(Buffer.from('before')).length + frame(Buffer.from('after')).length);
    expect(await drained(first)).toEqual(['before', 'after']);
  });

  it('is refused to a second process at the same time, and not to the next', async () => {
    const first = await open();
    const refused = await SpoolDirectory.open(path, roomy).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'DIRECTORY_IN_USE' });
    expect((refused as Error).message).toContain(`is open in process ${process.pid}`);
    expect((refused as Error).message).toContain('ASSAY_SPOOL_DIR');
    await first.close();
    await open();
  });

  it('keeps what was set aside, out of the way', async () => {
    const first = await open();
    await first.setAside('{"id":"1"}');
    await first.setAside('{"id":"2"}');
    expect(await readFile(join(path, 'set-aside.ndjson'), 'utf8')).toBe('{"id":"1"}\n{"id":"2"}\n');
    expect(await drained(first)).toEqual([]);
  });
});
