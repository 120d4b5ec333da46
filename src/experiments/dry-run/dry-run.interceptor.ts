import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { asksForDryRun } from '../../operations/dry-run/dry-run.js';
import { DryRunService } from './dry-run.service.js';

/** What of a reply is used here; Fastify's and Express' have it alike. */
interface Reply {
  status(code: number): unknown;
  removeHeader(name: string): unknown;
}

/**
 * With `?dryRun=true`: answers what the write would answer, as 200, and takes everything back. It has to be outside
 * of whatever makes the answer, so that the answer is made before that.
 */
@Injectable()
export class DryRunInterceptor implements NestInterceptor<object | undefined, unknown> {
  constructor(private readonly dryRuns: DryRunService) {}

  intercept(context: ExecutionContext, next: CallHandler<object | undefined>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<{ query?: unknown; params: { key?: string } }>();
    if (!asksForDryRun(request.query)) return next.handle();
    const write = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    return from(this.answer(request.params.key, write, http.getResponse<Reply>()));
  }

  private async answer(
    key: string | undefined,
    write: () => Promise<object | undefined>,
    reply: Reply,
  ): Promise<object> {
    const answer = await this.dryRuns.tryOut(key, write);
    reply.status(200);
    // It would be that of a version which there is not.
    reply.removeHeader('ETag');
    return answer;
  }
}
