import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { ExportService } from './export.service.js';
import { ExportQuery, type ExportRequest } from './export.schema.js';

@ApiTags('outcomes')
@Controller('v1/experiments/:key')
export class ExportController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly exports: ExportService,
  ) {}

  @Get('export')
  @RequiresScope('read')
  @ApiProduces('application/x-ndjson')
  @ApiOperation({ summary: 'Raw first exposures, outcomes or logged generations, one JSON object a line' })
  async export(
    @Param('key') key: string,
    @Query({ schema: ExportQuery }) { kind }: ExportRequest,
  ): Promise<StreamableFile> {
    const experiment = await this.experiments.find(key);
    return new StreamableFile(Readable.from(await this.exports.lines(experiment, kind)), {
      type: 'application/x-ndjson',
    });
  }
}
