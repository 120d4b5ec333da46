import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, mergeMap, Observable, tap } from 'rxjs';
import { Readable } from 'node:stream';
import { experimentUsesOf } from './declaration/experiment-metadata.accessor.js';
import { HttpExchange } from './request/http-exchange.adapter.js';
import { InteractionService } from './interaction/interaction.service.js';
import { currentRequest, RequestScope, withinRequest } from './request/request-scope.js';
import { thrownKindOf } from './request/thrown.adapter.js';

/** Assigns a decorated request before its handler runs, and watches what the handler throws. */
@Injectable()
export class ExperimentInterceptor implements NestInterceptor {
  constructor(private readonly interactions: InteractionService) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const uses = experimentUsesOf(context.getHandler());
    const exchange = new HttpExchange(context);
    const present = currentRequest();
    const scope = present ?? new RequestScope();
    const begun = uses
      .map((use) => this.interactions.begin({ use, exchange, scope }))
      .filter((work) => work instanceof Promise);
    const note = (error: unknown) => {
      if (exchange.isGone) return;
      for (const { key } of uses) scope.interactions.get(key)?.threw(thrownKindOf(error));
    };
    const handle = () => next.handle().pipe(tap({ next: (value) => watchStream(value, note), error: note }));
    const answer = begun.length === 0 ? handle() : from(Promise.all(begun)).pipe(mergeMap(handle));
    return present ? answer : within(scope, answer);
  }
}

/** A stream is read after the handler has returned: what it throws then is seen nowhere else. */
function watchStream(value: unknown, note: (error: unknown) => void): void {
  const stream = value instanceof StreamableFile ? value.getStream() : value;
  if (stream instanceof Readable) stream.once('error', note);
}

/** For requests that no {@link RequestScopeOpener} saw. Good for all but streams, which are read outside of it. */
function within(scope: RequestScope, source: Observable<unknown>): Observable<unknown> {
  return new Observable((subscriber) => withinRequest(scope, () => source.subscribe(subscriber)));
}
