import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isKnown } from '../../operations/if-none-match.js';
import { Public } from '../../operations/public.decorator.js';
import { acceptsBrotli } from './accepts-brotli.js';
import { PageService } from './page.service.js';

/** What of a reply is used here; Fastify's and Express' have it alike. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** The page at `/`. It is public, for it holds nothing: what it shows it asks the API for. */
@ApiExcludeController()
@Controller()
export class PageController {
  constructor(private readonly page: PageService) {}

  @Get()
  @Public()
  index(@Headers() headers: Record<string, string>, @Res({ passthrough: true }) reply: Reply) {
    return this.send('index.html', 'no-cache', headers, reply);
  }

  @Get('assay.svg')
  @Public()
  icon(@Headers() headers: Record<string, string>, @Res({ passthrough: true }) reply: Reply) {
    return this.send('assay.svg', 'no-cache', headers, reply);
  }

  /** Their names change with what is in them. */
  @Get('assets/:file')
  @Public()
  asset(
    @Param('file') file: string,
    @Headers() headers: Record<string, string>,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    return this.send(`assets/${file}`, 'public, max-age=31536000, immutable', headers, reply);
  }

  private async send(name: string, caching: string, headers: Record<string, string>, reply: Reply) {
    const { type, tag, plain, brotli } = await this.page.read(name);
    const isCompressed = acceptsBrotli(headers['accept-encoding']);
    const sent = { 'content-type': type, etag: tag, 'cache-control': caching, vary: 'accept-encoding' };
    for (const [header, value] of Object.entries(sent)) reply.header(header, value);
    if (isKnown(headers['if-none-match'], tag)) {
      reply.status(304);
      return '';
    }
    if (isCompressed) reply.header('content-encoding', 'br');
    return isCompressed ? brotli : plain;
  }
}
