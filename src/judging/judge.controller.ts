import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import type { JudgeView } from './judge-view.js';
import { JudgeViewService } from './judge-view.service.js';

@ApiTags('judging')
@Controller('v1/experiments/:key/judge')
export class JudgeController {
  constructor(private readonly views: JudgeViewService) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({
    summary: 'The judge, what it scored and cost, how often it failed, how far it agrees with people',
  })
  view(@Param('key') key: string): Promise<JudgeView> {
    return this.views.view(key);
  }
}
