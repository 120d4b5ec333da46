import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, type ApiBodyOptions } from '@nestjs/swagger';
import { DirectItems } from '../operations/http/direct-input.decorator.js';
import { Public } from '../operations/public.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { FeedbackService } from './feedback.service.js';
import { summary } from './item-result.js';
import { FeedbackRequest, outcomesDescription, type FeedbackBody } from './outcome.schema.js';
import { OutcomeService } from './outcome.service.js';

@ApiTags('outcomes')
@Controller('v1')
export class OutcomeController {
  constructor(
    private readonly outcomes: OutcomeService,
    private readonly feedbacks: FeedbackService,
  ) {}

  @Post('outcomes')
  @HttpCode(202)
  @RequiresScope('ingest')
  @ApiOperation({
    summary:
      'Outcomes: committed and counted once when this answers, or safe on disk (`deferred`) while the database is away; 207 when some items are refused',
  })
  @ApiBody({ schema: outcomesDescription } as ApiBodyOptions)
  async record(
    @DirectItems() body: unknown,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ) {
    const results = await this.outcomes.acceptBody(body);
    if (results.some((result) => result.status === 'refused')) reply.status(207);
    return summary(results);
  }

  @Post('feedback')
  @HttpCode(202)
  @Public()
  @ApiOperation({ summary: 'Feedback from a browser: the token is the permission; the latest counts' })
  async feedback(@Body({ schema: FeedbackRequest }) body: FeedbackBody): Promise<{ recorded: true }> {
    await this.feedbacks.feedback(body);
    return { recorded: true };
  }
}
