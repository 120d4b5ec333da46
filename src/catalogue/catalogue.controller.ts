import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { CatalogueService } from './catalogue.service.js';
import { CreateMetric } from './metric.schema.js';
import type { Metric } from './metric.js';

@ApiTags('metrics')
@Controller('v1/metrics')
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({ summary: 'The metric catalogue' })
  list(): { metrics: readonly Metric[] } {
    return { metrics: this.catalogue.list() };
  }

  @Post()
  @RequiresScope('operate')
  @ApiOperation({ summary: 'Add a metric; metrics never change once they exist' })
  create(@Body({ schema: CreateMetric }) body: z.infer<typeof CreateMetric>): Promise<Metric> {
    return this.catalogue.create(body);
  }
}
