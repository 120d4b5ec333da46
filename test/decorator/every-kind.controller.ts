import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  Post,
  Res,
  Sse,
  StreamableFile,
  UseGuards,
  type CanActivate,
  type MessageEvent,
} from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { concat, map, Observable, of, throwError, timer } from 'rxjs';
import { z } from 'zod';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { ExperimentContext } from '../../src/decorator/experiment-context.service.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';

const key = 'exp_summarize_v2';

@Injectable()
class Nobody implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('nobody may');
  }
}

/** Fastify's reply and Express' response, as far as a raw answer needs them. */
interface RawReply {
  readonly raw?: ServerResponse;
  hijack?(): void;
}

function rawOf(reply: RawReply): ServerResponse {
  reply.hijack?.();
  return reply.raw ?? (reply as ServerResponse);
}

async function* pieces(experiment: ExperimentContext, count = 3, fails = false) {
  for (let piece = 0; piece < count; piece += 1) {
    await wait(2);
    yield `piece ${piece} for ${experiment.variant().variant ?? 'nobody'};`;
  }
  if (fails) throw new Error('the model broke off');
  experiment.record({ quality_score: 0.7 });
}

/** Every way in which a handler can answer. */
@Controller()
export class EveryKindController {
  constructor(private readonly experiment: ExperimentContext) {}

  @Get('plain')
  @Experiment(key)
  plain(@Variant() variant: AssignedVariant) {
    return { variant };
  }

  @Get('promise')
  @Experiment(key)
  async promise(@Variant() { variant }: AssignedVariant) {
    await wait(1);
    return { variant };
  }

  @Get('observable')
  @Experiment(key)
  observable(@Variant() { variant }: AssignedVariant) {
    return timer(1).pipe(map(() => ({ variant })));
  }

  @Sse('sse')
  @Experiment(key)
  sse(): Observable<MessageEvent> {
    return timer(0, 2).pipe(
      map((data) => ({ data: String(data) })),
      (source) =>
        new Observable((subscriber) => {
          const subscription = source.subscribe((event) => {
            subscriber.next(event);
            if (event.data === '2') subscriber.complete();
          });
          return () => subscription.unsubscribe();
        }),
    );
  }

  @Get('file')
  @Experiment(key)
  file() {
    return new StreamableFile(Readable.from(pieces(this.experiment)));
  }

  @Get('raw')
  @Experiment(key)
  async raw(@Res() reply: RawReply) {
    const response = rawOf(reply);
    response.write('one;');
    await wait(2);
    response.end('two');
  }

  @Get('thrown')
  @Experiment(key)
  thrown(): string {
    throw new Error('it broke');
  }

  @Get('rejected')
  @Experiment(key)
  async rejected(): Promise<string> {
    await wait(1);
    throw new Error('it broke later');
  }

  @Get('observable-error')
  @Experiment(key)
  observableError() {
    return throwError(() => new Error('it broke in a stream'));
  }

  @Get('unavailable')
  @Experiment(key)
  unavailable(): string {
    throw new HttpException('the model is away', 503);
  }

  @Get('refused')
  @Experiment(key)
  refused(): string {
    throw new HttpException('no such document', 404);
  }

  @Sse('sse-error')
  @Experiment(key)
  sseError(): Observable<MessageEvent> {
    return concat(
      of({ data: 'first' }),
      timer(20).pipe(
        map(() => {
          throw new Error('it broke off');
        }),
      ),
    );
  }

  @Get('file-error')
  @Experiment(key)
  fileError() {
    return new StreamableFile(Readable.from(pieces(this.experiment, 2, true)));
  }

  @Get('raw-error')
  @Experiment(key)
  rawError(@Res() reply: RawReply) {
    const response = rawOf(reply);
    response.statusCode = 500;
    response.end('broken');
  }

  @Sse('sse-endless')
  @Experiment(key)
  sseEndless(): Observable<MessageEvent> {
    return timer(0, 5).pipe(map((data) => ({ data: String(data) })));
  }

  @Get('file-endless')
  @Experiment(key)
  fileEndless() {
    return new StreamableFile(Readable.from(pieces(this.experiment, Infinity)));
  }

  @Get('raw-endless')
  @Experiment(key)
  rawEndless(@Res() reply: RawReply) {
    const response = rawOf(reply);
    const writing = setInterval(() => response.write('more;'), 5);
    response.once('close', () => clearInterval(writing));
  }

  @Get('promise-endless')
  @Experiment(key)
  async promiseEndless() {
    await wait(200);
    return 'too late';
  }

  @Post('validated')
  @Experiment(key)
  validated(@Body({ schema: z.object({ text: z.string() }) }) body: { text: string }) {
    return { length: body.text.length };
  }

  @Get('forbidden')
  @UseGuards(Nobody)
  @Experiment(key)
  forbidden() {
    return 'never';
  }
}
