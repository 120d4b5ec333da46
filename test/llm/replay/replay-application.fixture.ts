import Anthropic from '@anthropic-ai/sdk';
import { Body, Controller, HttpCode, Injectable, Module, Post, type CanActivate } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AssayModule } from '../../../src/assay.module.js';
import type { AssignedVariant } from '../../../src/decorator/assigned-variant.js';
import { Experiment } from '../../../src/decorator/experiment.decorator.js';
import { Variant } from '../../../src/decorator/variant.decorator.js';
import { LlmService } from '../../../src/llm/llm.service.js';
import { readConfiguration } from '../../../src/operations/configuration/read-configuration.js';

/** A program of its own: an application with one route that Assay measures, and its like that asks the SDK alone. */

interface Asked {
  readonly text: string;
  readonly streamed: boolean;
}

const config = { model: 'claude-haiku-4-5', systemPrompt: 'Solve the task.', maxTokens: 1024 };

const replayed = {
  key: 'replayed',
  control: 'a',
  variants: [
    { key: 'a', config },
    { key: 'b', config: { ...config, systemPrompt: 'Solve the task step by step.' } },
  ],
  metrics: { primary: 'latency_ms', secondary: ['ttft_ms', 'input_tokens', 'output_tokens'], window: 'PT1H' },
};

@Controller()
class ReplayController {
  private readonly sdk = new Anthropic({
    apiKey: 'key',
    baseURL: process.env['ANTHROPIC_BASE_URL'] ?? null,
    maxRetries: 0,
  });

  constructor(private readonly llm: LlmService) {}

  @Post('measured')
  @HttpCode(200)
  @Experiment('replayed', { unit: (request) => String(request.headers['x-user']) })
  async measured(@Variant() variant: AssignedVariant, @Body() { text, streamed }: Asked) {
    if (!streamed) {
      const { text: said, requestId } = await this.llm.generate(variant.config, text);
      return { said, requestId };
    }
    const stream = this.llm.stream(variant.config, text);
    let said = '';
    for await (const piece of stream) said += piece;
    return { said, requestId: (await stream.finished).requestId };
  }

  @Post('bare')
  @HttpCode(200)
  async bare(@Body() { text, streamed }: Asked) {
    const messages = [{ role: 'user' as const, content: text }];
    const body = { model: config.model, system: config.systemPrompt, max_tokens: config.maxTokens, messages };
    if (!streamed) {
      const { data, request_id: requestId } = await this.sdk.messages.create(body).withResponse();
      return {
        said: data.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
        requestId,
      };
    }
    const asked = this.sdk.messages.create({ ...body, stream: true });
    const { data: stream, request_id: requestId } = await asked.withResponse();
    let said = '';
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') said += event.delta.text;
    }
    return { said, requestId };
  }
}

@Injectable()
class EverybodyGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@Module({
  imports: [
    AssayModule.forRoot({
      configuration: readConfiguration(process.env),
      experiments: [replayed],
      autoStart: true,
      routes: { guard: EverybodyGuard },
    }),
  ],
  controllers: [ReplayController],
})
class ReplayApplication {}

/** A connection that lies idle between two bursts is not to be closed under the next one. */
const keepAliveTimeout = 120_000;

const app = await NestFactory.create<NestFastifyApplication>(
  ReplayApplication,
  new FastifyAdapter({ keepAliveTimeout }),
  {
    logger: ['warn', 'error', 'fatal'],
  },
);
app.enableShutdownHooks();
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1', backlog: 4_096 });
