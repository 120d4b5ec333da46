import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { ArchiveService } from './archive.service.js';
import type { ClosedDay } from './closed-day.js';

@ApiTags('outcomes')
@Controller('v1/archives')
export class ArchiveController {
  constructor(private readonly archive: ArchiveService) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({
    summary: 'Cohort days that are closed, and the files their raw outcomes are in',
    description: '`droppedAt` is null, as is `file`, until a day has left the database.',
  })
  async list(): Promise<{ readonly archives: readonly Omit<ClosedDay, 'experiments' | 'latestAt'>[] }> {
    const days = await this.archive.list();
    return {
      archives: days.map(({ day, file, rows, bytes, sha256, closedAt, droppedAt }) => ({
        day,
        file,
        rows,
        bytes,
        sha256,
        closedAt,
        droppedAt,
      })),
    };
  }
}
