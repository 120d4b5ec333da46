import {
  Controller,
  Get,
  Injectable,
  Res,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { HttpRequest } from '../../src/decorator/declaration/experiment-use.js';
import { unitFromHeader } from '../../src/decorator/declaration/experiment-use.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { signVisitor } from '../../src/decorator/unit/visitor-cookie.js';
import { platforms, startApp, visitorKey, type DecoratedApp } from './decorated-app.fixture.js';
import { FakeRegistry } from './fakes.js';

/** Signs in whoever the header names, as an application's own guard would. */
@Injectable()
class SignIn implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: HttpRequest['headers']; user?: unknown }>();
    const { 'x-signed-in': signedIn } = request.headers;
    if (typeof signedIn === 'string') request.user = { id: JSON.parse(signedIn) as unknown };
    return true;
  }
}

/** Express appends and Fastify's `header` does, for cookies. */
interface CookieReply {
  append?(name: string, value: string): void;
  header(name: string, value: string): void;
}

@Controller()
@UseGuards(SignIn)
class UnitController {
  @Get('user')
  @Experiment('by_user')
  user() {
    return 'ok';
  }

  @Get('named')
  @Experiment('by_user', { unit: unitFromHeader('X-User-Id') })
  named() {
    return 'ok';
  }

  @Get('session')
  @Experiment('by_session')
  session() {
    return 'ok';
  }

  @Get('request')
  @Experiment('by_request')
  request() {
    return 'ok';
  }

  @Get('cookies')
  @Experiment('by_user')
  cookies(@Res({ passthrough: true }) reply: CookieReply) {
    if (reply.append) reply.append('set-cookie', 'own=1; Path=/');
    else reply.header('set-cookie', 'own=1; Path=/');
    return 'ok';
  }

  @Get('raw')
  @Experiment('by_user')
  raw(@Res() reply: { raw?: ServerResponse; hijack?(): void }) {
    reply.hijack?.();
    (reply.raw ?? (reply as ServerResponse)).end('ok');
  }
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

describe.each(platforms)('The unit of a request on %s', (platform) => {
  let decorated: DecoratedApp;

  beforeAll(async () => {
    const registry = new FakeRegistry()
      .add({ key: 'by_user' })
      .add({ key: 'by_session', unit: 'session' })
      .add({ key: 'by_request', unit: 'request' });
    decorated = await startApp(platform, { controllers: [UnitController], registry });
  });
  afterAll(() => decorated.close());

  const visit = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${decorated.address}/${path}`, { headers });
    return { unit: decorated.assignments.exposed.at(-1)?.unitId, cookies: response.headers.getSetCookie() };
  };

  it.each([
    ['"u1"', 'u1'],
    ['42', '42'],
  ])('is the signed-in user %s, who needs no cookie', async (signedIn, unit) => {
    expect(await visit('user', { 'x-signed-in': signedIn })).toEqual({ unit, cookies: [] });
  });

  it.each(['""', '{"$ne":1}', 'null', 'true', '"a\\u0000b"', JSON.stringify('x'.repeat(257))])(
    'is a visitor where the id of the user is %s, which is none',
    async (signedIn) => {
      const { unit } = await visit('user', { 'x-signed-in': signedIn });
      expect(unit).toMatch(new RegExp(`^${uuid}$`));
    },
  );

  it('is a visitor known by a signed cookie, given once and kept', async () => {
    const first = await visit('user');
    const [cookie = ''] = first.cookies;

    expect(cookie).toMatch(
      new RegExp(`^assay_unit=${uuid}\\.[\\w-]{43}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax$`),
    );
    expect(first.cookies).toHaveLength(1);
    const again = await visit('user', { cookie: `theme=dark; ${cookie.split(';')[0] ?? ''}` });
    expect(again).toEqual({ unit: first.unit, cookies: [] });
  });

  it('is a new visitor where the cookie is forged', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const forged = signVisitor(id, Buffer.from('a key of someone else'));
    const { unit, cookies } = await visit('user', { cookie: `assay_unit=${forged}` });

    expect(unit).not.toBe(id);
    expect(cookies).toHaveLength(1);
  });

  it("comes with a cookie that the handler's own does not displace, nor a raw answer lose", async () => {
    const beside = await visit('cookies');
    expect(beside.cookies).toHaveLength(2);
    expect(beside.cookies.join()).toContain('own=1');
    expect((await visit('raw')).cookies).toHaveLength(1);
  });

  it('is what the application names, and the default where it names nothing', async () => {
    expect((await visit('named', { 'x-user-id': 'u7' })).unit).toBe('u7');
    expect((await visit('named', { 'x-signed-in': '"u8"' })).unit).toBe('u8');
  });

  it('is no header unless the application names it', async () => {
    expect((await visit('user', { 'x-user-id': 'u7' })).unit).toMatch(new RegExp(uuid));
  });

  it('is the visitor in an experiment on sessions, whoever is signed in', async () => {
    const id = '11111111-2222-4333-8444-555555555555';
    const cookie = `assay_unit=${signVisitor(id, visitorKey)}`;
    expect((await visit('session', { cookie, 'x-signed-in': '"u1"' })).unit).toBe(id);
  });

  describe('that was met as a visitor and signs in', () => {
    const cookieOf = (id: string) => `assay_unit=${signVisitor(id, visitorKey)}`;
    const links = () => decorated.links;

    it('is linked once, at the first sight of both', async () => {
      const cookie = cookieOf('22222222-2222-4333-8444-555555555555');
      for (let request = 0; request < 3; request += 1)
        expect((await visit('user', { cookie, 'x-signed-in': '"u1"' })).unit).toBe('u1');
      expect(links().linked).toEqual([['22222222-2222-4333-8444-555555555555', 'u1']]);
    });

    it.each(['session', 'named', 'request'])(
      'is not linked on route %s, which asks for another unit',
      async (path) => {
        const cookie = cookieOf('33333333-2222-4333-8444-555555555555');
        const before = links().linked.length;
        await visit(path, { cookie, 'x-signed-in': '"u2"' });
        expect(links().linked).toHaveLength(before);
      },
    );

    it('is not linked by a forged cookie', async () => {
      const before = links().linked.length;
      const forged = signVisitor(
        '44444444-2222-4333-8444-555555555555',
        Buffer.from('a key of someone else'),
      );
      await visit('user', { cookie: `assay_unit=${forged}`, 'x-signed-in': '"u3"' });
      expect(links().linked).toHaveLength(before);
    });

    it.each([
      ['fails', () => Promise.reject(new Error('the database is away'))],
      ['never ends', () => new Promise<void>(() => undefined)],
    ])('is served all the same where linking %s', async (_, answer) => {
      links().answer = answer;
      const cookie = cookieOf('55555555-2222-4333-8444-555555555555');
      expect((await visit('user', { cookie, 'x-signed-in': '"u4"' })).unit).toBe('u4');
      links().answer = () => Promise.resolve();
    });
  });

  it('is a new one each time in an experiment on requests', async () => {
    const first = await visit('request', { 'x-signed-in': '"u1"' });
    const second = await visit('request', { 'x-signed-in': '"u1"' });
    expect(first.unit).toMatch(new RegExp(uuid));
    expect(first.unit).not.toBe(second.unit);
    expect(first.cookies).toEqual([]);
  });
});
