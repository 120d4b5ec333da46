import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeyRecords } from './api-key.js';
import { ApiKeyStore } from './api-key.store.js';
import { assayDataSource } from '../data-source-name.js';

/** Keeps API keys in the application's database. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiKeyEntity], assayDataSource)],
  providers: [{ provide: ApiKeyRecords, useClass: ApiKeyStore }],
  exports: [ApiKeyRecords],
})
export class ApiKeyStorageModule {}
