import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type Repository } from 'typeorm';
import { type ApiKeyRecord, ApiKeyRecords } from './api-key.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { InjectDataSource } from '@nestjs/typeorm';
import { assayDataSource } from '../data-source-name.js';

/** The keys in the table `api_key`. */
@Injectable()
export class ApiKeyStore extends ApiKeyRecords {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {
    super();
  }

  async insert(record: ApiKeyRecord): Promise<void> {
    await this.table.insert(record);
  }

  find(selector: string): Promise<ApiKeyRecord | null> {
    return this.table.findOneBy({ selector });
  }

  list(): Promise<ApiKeyRecord[]> {
    return this.table.find({ order: { createdAt: 'DESC', selector: 'ASC' } });
  }

  hasUsable(): Promise<boolean> {
    return this.table.existsBy({ revokedAt: IsNull() });
  }

  async revoke(selector: string, at: Date): Promise<boolean> {
    const result = await this.table.update({ selector, revokedAt: IsNull() }, { revokedAt: at });
    return result.affected === 1;
  }

  async touch(selector: string, at: Date): Promise<void> {
    await this.table.update({ selector }, { lastUsedAt: at });
  }

  private get table(): Repository<ApiKeyEntity> {
    return this.dataSource.getRepository(ApiKeyEntity);
  }
}
