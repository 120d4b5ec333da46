import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { DatabaseState } from '../../../src/database/database-state.service.js';
import { DatabaseModule } from '../../../src/database/database.module.js';
import { ApiKeyStorageModule } from '../../../src/operations/access/api-key-storage.module.js';
import { type ApiKeyRecord, ApiKeyRecords } from '../../../src/operations/access/api-key.js';
import { MemoryKeys } from '../memory-keys.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const record = (selector: string, second: number): ApiKeyRecord => ({
  selector,
  scope: 'read',
  verifier: 'f'.repeat(64),
  name: `key ${selector}`,
  createdAt: at(second),
  lastUsedAt: null,
  revokedAt: null,
});

let directory: string;
let testing: TestingModule;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assay-keys-'));
  const url = process.env['DATABASE_URL'] ?? null;
  const database = DatabaseModule.forRoot({ url, dataDirectory: directory });
  testing = await Test.createTestingModule({ imports: [database, ApiKeyStorageModule] }).compile();
  await testing.init();
  await testing.get(DatabaseState, { strict: false }).whenReady();
}, 60_000);
afterAll(async () => {
  await testing.close();
  await rm(directory, { recursive: true, force: true });
});

describe.each<[string, () => ApiKeyRecords]>([
  ['in the database', () => testing.get(ApiKeyRecords, { strict: false })],
  ['in memory, as tests use them', () => new MemoryKeys()],
])('Key records %s', (_, open) => {
  it('keep what they are given, newest first, end it once, and note its use', async () => {
    const keys = open();
    const name = (letter: string): string => `${letter}${Math.random()}`;
    const [older, newer] = [name('a'), name('b')];
    expect(await keys.find(older)).toBeNull();
    await keys.insert(record(newer, 2));
    await keys.insert(record(older, 1));
    expect(await keys.find(older)).toEqual(record(older, 1));
    const listed = (await keys.list()).map((key) => key.selector);
    expect(listed.filter((selector) => [older, newer].includes(selector))).toEqual([newer, older]);
    expect(await keys.hasUsable()).toBe(true);

    await keys.touch(older, at(3));
    expect(await keys.find(older)).toEqual({ ...record(older, 1), lastUsedAt: at(3) });

    expect(await keys.revoke(older, at(4))).toBe(true);
    expect(await keys.revoke(older, at(5))).toBe(false);
    expect(await keys.revoke('no such key', at(5))).toBe(false);
    expect((await keys.find(older))?.revokedAt).toEqual(at(4));
    await keys.revoke(newer, at(6));
    expect(await keys.hasUsable()).toBe((await keys.list()).some((key) => key.revokedAt === null));
  });
});
