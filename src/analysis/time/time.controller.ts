import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import type { Warning } from '../warning.js';
import type { TimeReport } from './time-effects.js';
import { TimeEffectsService } from './time-effects.service.js';
import { TimeQuery } from './time.schema.js';
import { timeWarnings } from './time-warnings.js';

@ApiTags('results')
@Controller('v1/experiments')
@RequiresScope('read')
export class TimeController {
  constructor(private readonly time: TimeEffectsService) {}

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
    const report = await this.time.timeEffects(key);
    return { ...report, warnings: timeWarnings(report) };
  }
}
