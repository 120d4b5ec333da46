import { beforeEach, describe, expect, it } from '@jest/globals';
import { ApiKeyService } from '../../../src/operations/access/api-key.service.js';
import { runKeysCommand } from '../../../src/operations/access/keys.command.js';
import { AssayError } from '../../../src/operations/assay-error.js';
import { readConfiguration } from '../../../src/operations/configuration/read-configuration.js';
import { MemoryKeys } from '../memory-keys.js';
import { TestClock } from '../test-clock.js';

describe('npm run keys', () => {
  let service: ApiKeyService;
  let out: string[];
  let err: string[];
  let opened: number;
  beforeEach(() => {
    service = new ApiKeyService(new MemoryKeys(), readConfiguration({}), new TestClock());
    [out, err, opened] = [[], [], 0];
  });

  const run = (...words: string[]): Promise<number> =>
    runKeysCommand(
      words,
      (work) => {
        opened += 1;
        return work(service);
      },
      { out: (line) => out.push(line), err: (line) => err.push(line) },
    );

  it('creates a key and prints it alone, so that a script can take it', async () => {
    expect(await run('create', '--scope', 'ingest', '--name', 'logger')).toBe(0);
    expect(out).toHaveLength(1);
    expect(await service.authenticate(out[0] ?? '')).toMatchObject({ scope: 'ingest' });
    expect(err.join()).toContain('shown this once');
  });

  it('lists keys without what verifies them', async () => {
    await run('list');
    expect(err).toEqual(['There are no keys yet.']);
    await run('create', '--scope', 'read', '--name', 'dashboard');
    await run('list');
    expect(out.at(-1)).toMatch(
      /^[0-9a-f]{16} {2}read {6}2026-01-01T00:00:00.000Z {2}in use {2}never used {2}dashboard$/,
    );
    await run('list', '--json');
    const listed = JSON.parse(out.at(-1) ?? '') as Record<string, unknown>[];
    expect(listed).toEqual([expect.objectContaining({ scope: 'read', name: 'dashboard' })]);
    expect(listed[0]).not.toHaveProperty('verifier');
  });

  it('revokes by selector', async () => {
    const { key, record } = await service.create('admin', 'old');
    expect(await run('revoke', record.selector)).toBe(0);
    expect(await service.authenticate(key)).toBeNull();
    await run('list');
    expect(out.at(-1)).toContain('revoked 2026');
    expect(await run('revoke', record.selector)).toBe(1);
    expect(err.at(-1)).toContain('NOT_FOUND');
  });

  it.each([
    [[]],
    [['destroy']],
    [['create']],
    [['create', '--scope', 'root', '--name', 'x']],
    [['create', '--scope', 'read']],
    [['create', '--scope', 'read', '--name', '']],
    [['create', '--scope', 'read', '--name', 'a\nb']],
    [['create', '--scope', 'read', '--name', 'x', '--colour', 'red']],
    [['create', 'read', '--scope', 'read', '--name', 'x']],
    [['revoke']],
    [['revoke', 'a', 'b']],
  ])('explains itself when it does not understand %j, and touches nothing', async (words) => {
    expect(await run(...words)).toBe(2);
    expect(err.join()).toContain('Usage:');
    expect([opened, out]).toEqual([0, []]);
  });

  it('tells its usage when asked', async () => {
    expect(await run('--help')).toBe(0);
    expect(out.join()).toContain('npm run keys -- create');
  });

  it('says in one line why the database cannot be opened', async () => {
    const refuse = () =>
      Promise.reject(new AssayError('DIRECTORY_IN_USE', 'Process 42 uses ./data; stop it first.'));
    expect(
      await runKeysCommand(['list'], refuse, {
        out: (line) => out.push(line),
        err: (line) => err.push(line),
      }),
    ).toBe(1);
    expect(err).toEqual(['DIRECTORY_IN_USE: Process 42 uses ./data; stop it first.']);
  });
});
