import { Readable } from 'node:stream';
import { Body, Controller, Header, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { AssignedVariant } from '../decorator/assigned-variant.js';
import { unitFromHeader } from '../decorator/declaration/experiment-use.js';
import { Experiment } from '../decorator/experiment.decorator.js';
import { Variant } from '../decorator/variant.decorator.js';
import { LlmService } from '../llm/llm.service.js';
import { Public } from '../operations/public.decorator.js';
import { currentConfig } from './summarize.experiment.js';
import { summaryEvents } from './summary-events.js';
import { SummarizeRequest, type SummarizeBody } from './summarize.schema.js';

@Public()
@ApiTags('example')
@Controller('api')
export class SummarizeController {
  constructor(private readonly llm: LlmService) {}

  @Post('summarize')
  @HttpCode(200)
  @ApiOperation({ summary: "Summarizes a text as the caller's variant does" })
  @Experiment('exp_summarize_v2', { unit: unitFromHeader('x-user-id'), fallback: currentConfig })
  async summarize(
    @Body({ schema: SummarizeRequest }) { text }: SummarizeBody,
    @Variant() { experiment: id, variant, config, token }: AssignedVariant,
  ) {
    const { text: summary } = await this.llm.generate(config, text);
    return { summary, experiment: variant === null ? null : { id, variant, token } };
  }

  @Post('summarize/stream')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiProduces('text/event-stream')
  @ApiOperation({ summary: 'The same as it is written: events piece, then done with the token, or error' })
  @Experiment('exp_summarize_v2', { unit: unitFromHeader('x-user-id'), fallback: currentConfig })
  summarizeStream(
    @Body({ schema: SummarizeRequest }) { text }: SummarizeBody,
    @Variant() { experiment: id, variant, config, token }: AssignedVariant,
  ): StreamableFile {
    const done = { experiment: variant === null ? null : { id, variant, token } };
    const pieces = this.llm.stream(config, text);
    const events = Readable.from(summaryEvents(pieces, done), { objectMode: false });
    // Whoever leaves does so between two pieces, and the model must not write on until the next one.
    events.once('close', () => pieces.cancel());
    return new StreamableFile(events, { type: 'text/event-stream' });
  }
}
