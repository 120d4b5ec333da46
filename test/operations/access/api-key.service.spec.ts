import { ConsoleLogger, Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiKeyService } from '../../../src/operations/access/api-key.service.js';
import { readConfiguration } from '../../../src/operations/configuration/read-configuration.js';
import { MemoryKeys } from '../memory-keys.js';
import { TestClock } from '../test-clock.js';

const adminKey = 'the-first-admin-key-of-this-server';

describe('ApiKeyService', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(new ConsoleLogger()));

  let records: MemoryKeys;
  let clock: TestClock;
  let keys: ApiKeyService;
  beforeEach(() => {
    records = new MemoryKeys();
    clock = new TestClock();
    keys = new ApiKeyService(records, readConfiguration({}), clock);
  });

  it('recognises the key it made, and stores nothing that would open the door', async () => {
    const { key, record } = await keys.create('ingest', 'logger');
    expect(await keys.authenticate(key)).toEqual({ selector: record.selector, scope: 'ingest' });
    const secret = key.slice(key.lastIndexOf('_') + 1);
    expect(JSON.stringify([...records.rows.values()])).not.toContain(secret.slice(0, 16));
  });

  it('does not take one key’s selector with another key’s secret', async () => {
    const [first, second] = [await keys.create('read', 'a'), await keys.create('admin', 'b')];
    expect(await keys.authenticate(first.key)).not.toBeNull();
    records.rows.set(first.record.selector, { ...first.record, verifier: second.record.verifier });
    clock.advance(2_000);
    expect(await keys.authenticate(first.key)).toBeNull();
  });

  it('asks the database about a key once in 2 seconds', async () => {
    const { key } = await keys.create('read', 'a');
    await keys.authenticate(key);
    const before = records.lookUps;
    for (let request = 0; request < 100; request += 1) await keys.authenticate(key);
    expect(records.lookUps).toBe(before);
  });

  it('ends a key at once where it is revoked, and within 2 seconds elsewhere', async () => {
    const { key, record } = await keys.create('read', 'a');
    const elsewhere = new ApiKeyService(records, readConfiguration({}), clock);
    await elsewhere.authenticate(key);
    await keys.revoke(record.selector);
    expect(await keys.authenticate(key)).toBeNull();
    clock.advance(2_000);
    expect(await elsewhere.authenticate(key)).toBeNull();
  });

  it('refuses to revoke what is not in use', async () => {
    await expect(keys.revoke('0000000000000000')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['rejects', 'hangs'] as const)(
    'goes on recognising known keys while the database %s',
    async (failure) => {
      const { key } = await keys.create('evaluate', 'app');
      await keys.authenticate(key);
      await keys.hasKeys();
      records.failure = failure;
      clock.advance(60_000);
      expect(await keys.authenticate(key)).toMatchObject({ scope: 'evaluate' });
      expect(await keys.hasKeys()).toBe(true);
    },
  );

  it('does not guess about unknown keys while the database is away', async () => {
    const { key } = await keys.create('evaluate', 'app');
    records.failure = 'rejects';
    await expect(keys.authenticate(key)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(keys.hasKeys()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('knows the admin key of the configuration without a database', async () => {
    const withAdmin = new ApiKeyService(records, readConfiguration({ ASSAY_ADMIN_KEY: adminKey }), clock);
    records.failure = 'rejects';
    expect(await withAdmin.hasKeys()).toBe(true);
    expect(await withAdmin.authenticate(adminKey)).toEqual({ selector: 'ASSAY_ADMIN_KEY', scope: 'admin' });
    expect(await withAdmin.authenticate(`${adminKey}x`)).toBeNull();
  });

  it('notes the last use, at most once a minute', async () => {
    const { key, record } = await keys.create('read', 'a');
    const lastUse = () => records.rows.get(record.selector)?.lastUsedAt;
    await keys.authenticate(key);
    const first = clock.now();
    expect(lastUse()).toEqual(first);
    clock.advance(59_999);
    await keys.authenticate(key);
    expect(lastUse()).toEqual(first);
    clock.advance(1);
    await keys.authenticate(key);
    expect(lastUse()).toEqual(clock.now());
  });
});
