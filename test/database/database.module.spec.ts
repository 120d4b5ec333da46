import { Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { Column, DataSource, Entity, PrimaryColumn, type Repository } from 'typeorm';
import { ChangeFeed } from '../../src/database/change-feed.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { DatabaseState } from '../../src/database/database-state.service.js';
import { RedisConnection } from '../../src/database/redis.client.js';
import { Transactions } from '../../src/database/transactions.service.js';
import { assayDataSource } from '../../src/operations/data-source-name.js';
import { InjectDataSource } from '@nestjs/typeorm';

@Entity('note_entity')
class Note {
  @PrimaryColumn('integer') id!: number;
  @Column('text') text!: string;
}

const SETTINGS = Symbol('SETTINGS');
@Module({ providers: [{ provide: SETTINGS, useValue: 'memory://' }], exports: [SETTINGS] })
class SettingsModule {}

/** What any other folder is: it uses the database from its first hook to its last. */
@Injectable()
class Feature implements OnModuleInit, OnApplicationShutdown {
  readonly answers: unknown[] = [];
  constructor(
    private readonly transactions: Transactions,
    readonly feed: ChangeFeed,
    readonly redis: RedisConnection,
    private readonly state: DatabaseState,
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
  ) {}

  async onModuleInit(): Promise<void> {
    this.answers.push(this.state.status, await this.dataSource.query('SELECT 1 AS first'));
    await this.dataSource.query('CREATE TABLE note_entity (id integer PRIMARY KEY, text text NOT NULL)');
  }

  async onApplicationShutdown(): Promise<void> {
    this.answers.push(await this.transactions.run((manager) => manager.query('SELECT 2 AS last')));
  }
}

@Module({ imports: [TypeOrmModule.forFeature([Note], assayDataSource)], providers: [Feature] })
class FeatureModule {}

describe('a module that uses the database', () => {
  it('finds it ready in its first hook, open in its last, and its entities loaded', async () => {
    const database = DatabaseModule.forRootAsync({
      imports: [SettingsModule],
      inject: [SETTINGS],
      useFactory: (dataDirectory: string) => ({ url: null, dataDirectory }),
    });
    const module = await Test.createTestingModule({ imports: [FeatureModule, database] }).compile();
    await module.init();
    const feature = module.get(Feature);
    const notes = module.get<Repository<Note>>(getRepositoryToken(Note, assayDataSource));
    await notes.save({ id: 1, text: 'kept' });
    expect(await notes.findOneBy({ id: 1 })).toEqual({ id: 1, text: 'kept' });
    expect(feature.redis.state()).toBe('absent');
    await module.close();
    expect(feature.answers).toEqual(['ready', [{ first: 1 }], [{ last: 2 }]]);
  }, 60_000);
});
