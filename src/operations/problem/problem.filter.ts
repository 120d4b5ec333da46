import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { endedSessionCookie, sessionIn } from '../access/session-cookie.js';
import { AssayError } from '../assay-error.js';
import { headerText } from '../http/header-text.js';
import { pathOf } from '../http/path-of.js';
import { requestIdFrom } from '../http/request-id.js';
import { translateDatabaseError } from './database-failure.js';
import { problemOf, PROBLEM_MEDIA_TYPE, refusalOfStatus, type Problem } from './problem.js';

/** What Fastify's and Express' requests, and Node's own, have in common here. */
interface AnyRequest {
  readonly id?: unknown;
  readonly url?: string;
  readonly originalUrl?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Fastify's and http-errors' failures are plain errors with a status; theirs below 500 are meant for the caller. */
function statusFrom(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  if (!(exception instanceof Error) || !('statusCode' in exception)) return undefined;
  return typeof exception.statusCode === 'number' ? exception.statusCode : undefined;
}

function refusalOf(thrown: unknown): AssayError | undefined {
  const exception = translateDatabaseError(thrown);
  if (exception instanceof AssayError) return exception;
  const status = statusFrom(exception);
  if (status === undefined || (status >= 500 && status !== 503)) return undefined;
  return refusalOfStatus(status, exception instanceof Error ? exception.message : 'The request was refused.');
}

/**
 * Answers every error as `application/problem+json`, on Fastify and on Express.
 *
 * - An {@link AssayError} is answered with the status of its code; a framework's 4xx with the code of its status.
 * - Anything else is a 500 that names only the request id; the error itself goes to the log under that id.
 * - An answer already begun is ended, never started twice.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<AnyRequest>();
    const response = host.switchToHttp().getResponse<unknown>();
    const requestId =
      typeof request.id === 'string'
        ? request.id
        : requestIdFrom(request.headers['x-request-id'], randomUUID);
    const instance = pathOf(request.originalUrl ?? request.url ?? '');
    const refusal = refusalOf(exception);
    const problem = problemOf(refusal, { instance, requestId });
    if (problem.status >= 500) this.report(exception, problem);
    this.answer(response, problem, headersOf(problem, request, refusal?.retryAfter ?? 1));
  }

  private report(exception: unknown, problem: Problem): void {
    const { requestId, instance, code } = problem;
    if (code === 'SHUTTING_DOWN') return;
    this.logger.error(exception instanceof Error ? exception : new Error(String(exception)), {
      requestId,
      instance,
      code,
    });
  }

  private answer(response: unknown, problem: Problem, headers: Readonly<Record<string, string>>): void {
    const adapter = this.adapterHost.httpAdapter;
    if (adapter.isHeadersSent(response)) {
      adapter.end(response);
      return;
    }
    for (const [name, value] of Object.entries(headers)) adapter.setHeader(response, name, value);
    adapter.reply(response, problem, problem.status);
  }
}

function headersOf(
  { status, requestId, code }: Problem,
  { headers }: AnyRequest,
  retryAfter: number,
): Record<string, string> {
  const came = headers['authorization'] === undefined ? sessionIn(headerText(headers['cookie'])) : undefined;
  return {
    'content-type': PROBLEM_MEDIA_TYPE,
    'x-request-id': requestId,
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="assay"' } : {}),
    ...(status === 503 || status === 429 ? { 'retry-after': String(retryAfter) } : {}),
    // A session that is over is not sent again.
    ...(code === 'UNAUTHENTICATED' && came !== undefined ? { 'set-cookie': endedSessionCookie } : {}),
  };
}
