import { getDataSourceToken } from '@nestjs/typeorm';
import { ConsoleLogger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { ChangeFeed } from '../../src/database/change-feed.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import type { DatabaseOptions } from '../../src/database/database.options.js';
import { DatabaseState } from '../../src/database/database-state.service.js';
import { Transactions } from '../../src/database/transactions.service.js';
import { assayDataSource } from '../../src/operations/data-source-name.js';

/** A whole database module, running, and the way to end it. */
export interface StartedDatabase {
  readonly dataSource: DataSource;
  readonly transactions: Transactions;
  readonly changeFeed: ChangeFeed;
  readonly state: DatabaseState;
  readonly module: TestingModule;
  close(): Promise<void>;
}

/** An in-memory database with every migration applied. Entities are needed only where repositories are used. */
export function startEmbeddedDatabase(
  entities: readonly EntityTarget<ObjectLiteral>[] = [],
): Promise<StartedDatabase> {
  return startDatabase({ url: null, dataDirectory: 'memory://' }, entities);
}

/** The database that the options describe, ready. On a busy machine an application boots before its database answers. */
export async function startDatabase(
  options: DatabaseOptions,
  entities: readonly EntityTarget<ObjectLiteral>[] = [],
): Promise<StartedDatabase> {
  const database = await bootDatabase(options, entities);
  await database.state.whenReady();
  return database;
}

/** The same, ready or not. */
export async function bootDatabase(
  options: DatabaseOptions,
  entities: readonly EntityTarget<ObjectLiteral>[] = [],
): Promise<StartedDatabase> {
  const features =
    entities.length > 0 ? [TypeOrmModule.forFeature([...entities] as never[], assayDataSource)] : [];
  const module = await Test.createTestingModule({ imports: [DatabaseModule.forRoot(options), ...features] })
    .setLogger(new ConsoleLogger({ logLevels: ['fatal'] }))
    .compile();
  await module.init();
  return {
    dataSource: module.get<DataSource>(getDataSourceToken(assayDataSource)),
    transactions: module.get(Transactions),
    changeFeed: module.get(ChangeFeed),
    state: module.get(DatabaseState),
    module,
    close: () => module.close(),
  };
}
