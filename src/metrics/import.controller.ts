import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { AssayError } from '../operations/assay-error.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { ImportService, type ImportReport } from './import.service.js';

@ApiTags('outcomes')
@Controller('v1/experiments/:key')
export class ImportController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly imports: ImportService,
  ) {}

  @Post('import')
  @HttpCode(202)
  @RequiresScope('ingest')
  @ApiConsumes('application/x-ndjson')
  @ApiOperation({ summary: 'Import the log of an experiment that ran elsewhere, one JSON object a line' })
  async import(
    @Param('key') key: string,
    @Req() request: { body?: unknown },
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<ImportReport> {
    const experiment = await this.experiments.find(key);
    if (!(request.body instanceof Readable)) {
      throw new AssayError(
        'UNSUPPORTED_MEDIA_TYPE',
        'Send the lines with content type application/x-ndjson.',
      );
    }
    const report = await this.imports.import(experiment, request.body);
    if (report.refused > 0) reply.status(207);
    return report;
  }
}
