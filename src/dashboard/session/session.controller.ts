import { Body, Controller, Delete, Get, Headers, HttpCode, Ip, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IncomingRequest } from '../../operations/access/access.service.js';
import { endedSessionCookie, sessionCookie, sessionIn } from '../../operations/access/session-cookie.js';
import { Public } from '../../operations/public.decorator.js';
import { refuseInsecureConnection } from './secure-connection.js';
import { SignIn, type SignInRequest } from './session.schema.js';
import { SessionService, sessionSeconds, type SessionView } from './session.service.js';

/** What of a reply is used here. */
interface Reply {
  header(name: string, value: string): unknown;
}

/** Signing in on the page: public, for who comes here has no session yet. */
@ApiTags('page')
@Controller('v1/session')
@Public()
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Get()
  @ApiOperation({ summary: 'Whether the page needs an API key, and what the present one grants' })
  async read(
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<SessionView> {
    const view = await this.sessions.view(request);
    const { authorization, cookie } = request.headers;
    const isOver = view.needsKey && authorization === undefined && sessionIn(String(cookie)) !== undefined;
    if (isOver) reply.header('set-cookie', endedSessionCookie);
    return view;
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Opens a session of 12 hours with an API key: a cookie that no script can read' })
  async open(
    @Body({ schema: SignIn }) { key }: SignInRequest,
    @Ip() address: string,
    @Headers('origin') origin: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<SessionView> {
    refuseInsecureConnection(origin);
    const { cookie, scope } = await this.sessions.signIn(key, address);
    reply.header('set-cookie', sessionCookie(cookie, sessionSeconds));
    return { needsKey: false, scope };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends the session' })
  end(@Res({ passthrough: true }) reply: Reply): void {
    reply.header('set-cookie', endedSessionCookie);
  }
}
