import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessService, type IncomingRequest } from '../../operations/access/access.service.js';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import type { LiveSink } from './live-reader.js';
import { liveOpening } from './live-event.js';
import { LiveService } from './live.service.js';

/** What of a reply is used here: Node's own answer, taken from the framework. */
interface Reply {
  hijack(): unknown;
  readonly raw: LiveSink & { writeHead(status: number, headers: Readonly<Record<string, string>>): unknown };
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would hold events back.
  'x-accel-buffering': 'no',
};

/** What happens, as it happens. */
@ApiTags('page')
@Controller('v1/live')
export class LiveController {
  constructor(
    private readonly live: LiveService,
    private readonly access: AccessService,
  ) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({
    summary:
      'Server-sent events: `beat` each second with the state of the database, `change` when something changed',
  })
  @ApiOkResponse({ description: 'A stream without end', content: { 'text/event-stream': {} } })
  listen(@Req() request: IncomingRequest, @Res() reply: Reply): void {
    this.live.checkRoom();
    reply.hijack();
    reply.raw.writeHead(200, headers);
    if (request.method === 'HEAD') reply.raw.end();
    else {
      reply.raw.write(liveOpening);
      this.live.add(reply.raw, () => this.access.admit(request, ['read']));
    }
  }
}
