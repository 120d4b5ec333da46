import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { retry, throwError, timer, type Observable } from 'rxjs';
import { AssayError } from '../operations/assay-error.js';

/** One of those that write at the same time gets through each time, so this many may. */
const mostTries = 25;

/**
 * A write without `If-Match` applies to the experiment as it is: where another came in between, it reads again and repeats,
 * instead of refusing a person because a scheduled step was quicker. With `If-Match` the person is told.
 */
@Injectable()
export class FreshReadInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
    if (headers['if-match'] !== undefined) return next.handle();
    return next.handle().pipe(retry({ count: mostTries - 1, delay: onceMore }));
  }
}

/** At a random instant soon, so that the same two do not meet again. */
function onceMore(error: unknown, tries: number): Observable<unknown> {
  const lostRace = error instanceof AssayError && error.code === 'VERSION_CONFLICT';
  return lostRace ? timer(Math.random() * 5 * tries) : throwError(() => error);
}
