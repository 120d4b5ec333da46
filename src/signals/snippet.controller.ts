import { Controller, Get, Header, Headers, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { isKnown } from '../operations/if-none-match.js';
import { Public } from '../operations/public.decorator.js';
import { SnippetService } from './snippet.service.js';

@ApiTags('outcomes')
@Controller('client.js')
export class SnippetController {
  constructor(private readonly snippet: SnippetService) {}

  @Get()
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Header('vary', 'Origin')
  @ApiProduces('text/javascript')
  @ApiOperation({ summary: 'The browser snippet: `assay.rate(token, 5)`, `.thumbs`, `.copied`, `.edited`' })
  read(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true })
    reply: { status(code: number): unknown; header(name: string, value: string): unknown },
  ): string {
    const { tag, text } = this.snippet;
    reply.header('etag', tag);
    if (!isKnown(known, tag)) return text;
    reply.status(304);
    return '';
  }
}
