import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type { CatalogueEntry } from './catalogue.js';
import { MetricEntity } from './metric.entity.js';
import type { Metric } from './metric.js';

/** The catalogue's table: rows are added and read, never changed. */
@Injectable()
export class MetricStore {
  constructor(
    @InjectRepository(MetricEntity, assayDataSource) private readonly metrics: Repository<MetricEntity>,
  ) {}

  /** Every metric, oldest first. */
  async list(): Promise<CatalogueEntry[]> {
    const rows = await this.metrics.find({ order: { id: 'ASC' } });
    return rows.map(({ id, ...metric }) => ({ id, metric }));
  }

  /** Adds those whose key is free, and returns their keys. */
  async insert(metrics: readonly Metric[], manager: EntityManager): Promise<string[]> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(MetricEntity)
      // Copies, because TypeORM writes the new ids into what it is given.
      .values(metrics.map((metric) => ({ ...metric })))
      .orIgnore()
      .returning('key')
      .execute();
    return (result.raw as { key: string }[]).map(({ key }) => key);
  }
}
