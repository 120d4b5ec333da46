import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { DRY_RUNNABLE } from '../operations/dry-run/dry-run.js';
import { DryRunInterceptor } from './dry-run/dry-run.interceptor.js';
import { FreshReadInterceptor } from './fresh-read.interceptor.js';

/**
 * This route, or every route of this controller, writes to one experiment: it can be tried out with `?dryRun=true`, and
 * applies to a fresh read unless `If-Match` names a version. Put it below all other decorators: what makes the answer has to
 * be done before everything is taken back.
 *
 * @example
 * class Example {
 *   @Post('pause')
 *   @UseInterceptors(ExperimentViewInterceptor)
 *   @ExperimentWrite()
 *   pause() {}
 * }
 */
export const ExperimentWrite = () =>
  applyDecorators(
    SetMetadata(DRY_RUNNABLE, true),
    UseInterceptors(FreshReadInterceptor, DryRunInterceptor),
    ApiQuery({
      name: 'dryRun',
      required: false,
      schema: { type: 'string', enum: ['true', 'false'], default: 'false' },
      description:
        'Answer what this would answer, as 200 with `dryRun: true` and what `wouldChange`, and change nothing',
    }),
  );
