import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryLock } from '../../../src/database/embedded/directory.lock.js';
import { ChildWorkshop } from '../child.fixture.js';

const HOLD = `
import { DirectoryLock } from './src/database/embedded/directory.lock.js';
const report = (line) => process.stdout.write(line + '\\n');
try { await DirectoryLock.acquire(process.argv[2]); report('held'); setInterval(() => undefined, 1000); }
catch (error) { report(error.code); }
`;

describe('a directory lock', () => {
  let root: string;
  let workshop: ChildWorkshop;

  beforeAll(async () => {
    workshop = await ChildWorkshop.open();
  });
  afterAll(() => workshop.close());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'assay-lock-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('creates the directory for this user alone', async () => {
    const lock = await DirectoryLock.acquire(join(root, 'data'));
    expect((await stat(join(root, 'data'))).mode & 0o777).toBe(0o700);
    await lock.release();
  });

  it('refuses a second holder within a second, naming the process, the path and the way out', async () => {
    const child = await workshop.start(HOLD, root);
    expect(await child.line()).toBe('held');
    const started = performance.now();
    await expect(DirectoryLock.acquire(root)).rejects.toMatchObject({
      code: 'DIRECTORY_IN_USE',
      message: expect.stringMatching(new RegExp(`${root} .*process ${child.process.pid}\\..*ASSAY_DATA_DIR`)),
    });
    expect(performance.now() - started).toBeLessThan(1000);
    await child.kill();
  });

  it('refuses while the holder is stopped and cannot answer', async () => {
    const child = await workshop.start(HOLD, root);
    await child.line();
    child.process.kill('SIGSTOP');
    await expect(DirectoryLock.acquire(root)).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
    await child.kill();
  });

  it('is taken over from a holder that was killed, and leaves nothing of it behind', async () => {
    const child = await workshop.start(HOLD, root);
    await child.line();
    await child.kill();
    const lock = await DirectoryLock.acquire(root);
    await expect(DirectoryLock.acquire(root)).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
    await lock.release();
    expect(await readdir(root)).toEqual([]);
  });

  it('is taken over by exactly one of many processes that find a dead holder at once', async () => {
    const dead = await workshop.start(HOLD, root);
    await dead.line();
    await dead.kill();
    const children = await Promise.all(Array.from({ length: 8 }, () => workshop.start(HOLD, root)));
    const answers = await Promise.all(children.map((child) => child.line()));
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'DIRECTORY_IN_USE')).toHaveLength(7);
    await Promise.all(children.map((child) => child.kill()));
  }, 30_000);

  it('is taken over from a process that died in the middle of a takeover', async () => {
    const record = (token: string): string =>
      JSON.stringify({ pid: 999_999, token, address: join(root, `${token}.sock`) });
    await writeFile(join(root, 'assay.lock'), record('first'));
    await writeFile(join(root, 'assay.lock.after-first'), record('second'));
    await (await DirectoryLock.acquire(root)).release();
    expect(await readdir(root)).toEqual([]);
  });

  it('works by a local port where the path is too long for a socket file', async () => {
    const deep = join(root, 'x'.repeat(120));
    await mkdir(deep);
    const child = await workshop.start(HOLD, deep);
    expect(await child.line()).toBe('held');
    expect(await readdir(deep)).toEqual(['assay.lock']);
    await expect(DirectoryLock.acquire(deep)).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
    await child.kill();
    await (await DirectoryLock.acquire(deep)).release();
  });

  it('can be taken again once it was released', async () => {
    await (await DirectoryLock.acquire(root)).release();
    await (await DirectoryLock.acquire(root)).release();
  });
});
