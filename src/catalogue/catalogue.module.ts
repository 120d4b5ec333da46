import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogueService } from './catalogue.service.js';
import { MetricEntity } from './metric.entity.js';
import { MetricStore } from './metric.store.js';
import { assayDataSource } from '../operations/data-source-name.js';

@Module({
  imports: [TypeOrmModule.forFeature([MetricEntity], assayDataSource)],
  providers: [CatalogueService, MetricStore],
  exports: [CatalogueService],
})
export class CatalogueModule {}
