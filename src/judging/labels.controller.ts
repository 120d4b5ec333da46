import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { CreateLabel, LabelQueue, type LabelQueueQuery, type LabelRequest } from './label.schema.js';
import { LabelService, type LabelQueueView } from './label.service.js';

@ApiTags('judging')
@Controller('v1/labels')
export class LabelsController {
  constructor(private readonly labels: LabelService) {}

  @Get()
  @RequiresScope('operate')
  @ApiOperation({
    summary: 'The next answers for people to label: a random sample, blind to variant and score',
  })
  queue(@Query({ schema: LabelQueue }) { experiment, limit }: LabelQueueQuery): Promise<LabelQueueView> {
    return this.labels.queue(experiment, limit);
  }

  @Post()
  @HttpCode(201)
  @RequiresScope('operate')
  @ApiOperation({ summary: 'Label an answer; of several labels by one person the latest counts' })
  async label(@Body({ schema: CreateLabel }) label: LabelRequest): Promise<LabelRequest> {
    await this.labels.label(label);
    return label;
  }
}
