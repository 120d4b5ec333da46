import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { ArchiveDirectory } from '../../../src/metrics/retention/archive-directory.client.js';
import { addLine, emptyDigest } from '../../../src/metrics/retention/line-digest.js';

const day = '2026-01-31';
const name = 'outcomes-2026-01-31.ndjson.gz';
const always = () => Promise.resolve();

/** A disk that is full after so many bytes. */
class SmallDisk extends ArchiveDirectory {
  left = 1_000;

  protected override put(...[file, bytes]: Parameters<ArchiveDirectory['put']>): Promise<void> {
    this.left -= bytes.length;
    if (this.left < 0) return Promise.reject(new Error('no space left on device'));
    return super.put(file, bytes);
  }
}

describe('a directory of archived days', () => {
  let path: string;
  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'assay-archive-')), 'made', 'on demand');
  });
  afterEach(() => rm(join(path, '..', '..'), { recursive: true, force: true }));

  const pages = (...texts: string[]) => Readable.from(texts);
  /** Text that does not get smaller. */
  const noise = (length: number) =>
    Array.from({ length }, (_, index) => createHash('sha256').update(`${index}`).digest('hex')).join('');

  it('has a file under its name once all of it is written, for its owner alone', async () => {
    await new ArchiveDirectory(path).write(day, pages('{"a":1}\n{"a":2}\n', '{"a":3}\n'));
    expect(await readdir(path)).toEqual([name]);
    const file = await readFile(join(path, name));
    expect(gunzipSync(file).toString()).toBe('{"a":1}\n{"a":2}\n{"a":3}\n');
    expect((await stat(join(path, name))).mode & 0o777).toBe(0o600);
  });

  it('reads back what is on the disk', async () => {
    const directory = new ArchiveDirectory(path);
    await directory.write(day, pages('{"a":"é"}\n', '{"b":"\u2028"}\n'));
    const file = await readFile(join(path, name));
    expect(await directory.digest(day, always)).toEqual({
      lines: ['{"b":"\u2028"}', '{"a":"é"}'].reduce(addLine, emptyDigest),
      bytes: file.length,
      sha256: createHash('sha256').update(file).digest('hex'),
    });
    const lines: string[] = [];
    for await (const line of directory.lines(name)) lines.push(line.toString());
    expect(lines).toEqual(['{"a":"é"}', '{"b":"\u2028"}']);
  });

  it('writes a day without outcomes too', async () => {
    const directory = new ArchiveDirectory(path);
    await directory.write(day, pages());
    expect((await directory.digest(day, always)).lines).toEqual(emptyDigest);
  });

  it('takes the place of an earlier file, and of what a killed process left', async () => {
    const directory = new ArchiveDirectory(path);
    await directory.write(day, pages('earlier\n'));
    await writeFile(join(path, `${name}.0123.part`), 'torn');
    await writeFile(join(path, 'outcomes-2026-02-01.ndjson.gz.0123.part'), 'of another day');
    await directory.write(day, pages('later\n'));
    expect((await readdir(path)).sort()).toEqual([name, 'outcomes-2026-02-01.ndjson.gz.0123.part']);
    expect(gunzipSync(await readFile(join(path, name))).toString()).toBe('later\n');
  });

  it('leaves nothing of a file for which the disk has no room, and keeps the one before', async () => {
    const directory = new SmallDisk(path);
    await directory.write(day, pages('small\n'));
    await expect(directory.write(day, pages(noise(10_000)))).rejects.toThrow('no space left');
    expect(await readdir(path)).toEqual([name]);
    expect(gunzipSync(await readFile(join(path, name))).toString()).toBe('small\n');
  });

  it('leaves nothing of a file whose outcomes could not all be read', async () => {
    const failing = function* () {
      yield noise(10_000);
      throw new Error('the database went away');
    };
    await expect(new ArchiveDirectory(path).write(day, Readable.from(failing()))).rejects.toThrow(
      'went away',
    );
    expect(await readdir(path)).toEqual([]);
  });

  it.each([
    ['cut off', (file: Buffer) => file.subarray(0, -9)],
    ['changed in one bit', (file: Buffer) => file.map((byte, place) => (place === 40 ? byte ^ 1 : byte))],
  ])('fails on a file that is %s', async (_, damage) => {
    const directory = new ArchiveDirectory(path);
    await directory.write(day, pages(`${noise(20)}\n`));
    const file = await readFile(join(path, name));
    await writeFile(join(path, name), damage(file));
    await expect(directory.digest(day, always)).rejects.toThrow();
    const read = async () => {
      for await (const line of directory.lines(name)) expect(line.length).toBeGreaterThan(0);
    };
    await expect(read()).rejects.toThrow();
  });

  it('stops reading when it is told to', async () => {
    const directory = new ArchiveDirectory(path);
    await directory.write(day, pages('a\n'));
    await expect(directory.digest(day, () => Promise.reject(new Error('enough')))).rejects.toThrow('enough');
  });

  it('reads files that gzip made', async () => {
    const directory = new ArchiveDirectory(path);
    await directory.write(day, pages());
    await writeFile(join(path, name), Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]));
    expect((await directory.digest(day, always)).lines.rows).toBe(2);
  });
});
