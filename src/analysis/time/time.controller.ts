import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import { ArchiveService } from '../../metrics/retention/archive.service.js';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { archiveWarnings } from '../health/archive-warnings.js';
import type { Warning } from '../warning.js';
import type { TimeReport } from './time-effects.js';
import { TimeEffectsService } from './time-effects.service.js';
import { TimeQuery } from './time.schema.js';
import { timeWarnings } from './time-warnings.js';

@ApiTags('results')
@Controller('v1/experiments')
@RequiresScope('read')
export class TimeController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly time: TimeEffectsService,
    private readonly archive: ArchiveService,
  ) {}

  @Get(':key/results/time')
  @ApiOperation({
    summary: 'How the differences move with time',
    description: 'By days since exposure, weekday and week, and against the holdback.',
  })
  async results(
    @Param('key') key: string,
    // Of the present moment: silence about a parameter would pass it off as another.
    @Query({ schema: TimeQuery }) _query: TimeQuery,
  ): Promise<TimeReport & { readonly warnings: readonly Warning[] }> {
    const experiment = await this.experiments.find(key);
    const report = await this.time.timeEffectsOf(experiment);
    const archived = archiveWarnings(experiment, await this.archive.archived());
    return { ...report, warnings: [...archived, ...timeWarnings(report)] };
  }
}
