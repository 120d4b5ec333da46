import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Experiment } from '../../experiments/experiment.js';
import { SeenExperiment } from '../../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import type { ReplayDocument } from './replay-document.js';
import { ReplayQuery } from './replay.schema.js';
import { ReplayService } from './replay.service.js';

/** What of an answer under way is needed here. */
interface Reply {
  readonly raw: { once(event: 'close', listener: () => void): unknown };
}

@ApiTags('allocation')
@Controller('v1/experiments/:key/replay')
@RequiresScope('read')
export class ReplayController {
  constructor(private readonly replays: ReplayService) {}

  @Get()
  @ApiOperation({
    summary: 'What a bandit would have done on this log, and what that would have earned',
    description: 'From the recorded propensities; nothing is changed.',
  })
  replay(
    @SeenExperiment() seen: Experiment,
    @Query({ schema: ReplayQuery }) query: ReplayQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ReplayDocument | undefined> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return this.replays.replay(seen, query, gone.signal).catch((error: unknown) => {
      // Nobody reads what is answered to who has left.
      if (gone.signal.aborted) return undefined;
      throw error;
    });
  }
}
