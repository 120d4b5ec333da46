import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExperimentsService } from '../../experiments/experiments.service.js';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { ListGenerations, type GenerationListQuery } from './generations.schema.js';
import { GenerationsService } from './generations.service.js';

@ApiTags('generations')
@Controller('v1/experiments/:key/generations')
@RequiresScope('read')
export class GenerationsController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly generations: GenerationsService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What models were asked and answered, the newest first',
    description:
      '`variant` may be `$holdback` or `$fallback`; `unit` is the id that the application knows. `cursor` of one page gives the next. ' +
      '`judgeScoreAtLeast` and `judgeScoreAtMost` choose by what the judge said, and leave out what it did not score. ' +
      '`measured=true` adds what was measured of each interaction, such as ratings, scores and labels.',
  })
  async list(@Param('key') key: string, @Query({ schema: ListGenerations }) query: GenerationListQuery) {
    return this.generations.list(await this.experiments.find(key), query);
  }
}
