import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AssayError } from '../assay-error.js';
import { Configuration } from '../configuration/configuration.js';
import { isLoopback } from '../configuration/loopback.js';
import { allows, type Scope } from '../scope.js';
import { bearerKey } from './api-key.js';
import { ApiKeyService, type Grant } from './api-key.service.js';
import { checkLoopbackRequest, type RequestOrigin } from './origin.js';
import { routeAccess } from './route-access.accessor.js';

interface IncomingRequest {
  /** Left for whoever asks who made the request. */
  apiKey?: Grant;
  readonly method: string;
  readonly url: string;
  readonly originalUrl?: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

function originOf(request: IncomingRequest): RequestOrigin {
  const { headers } = request;
  const length = headers['content-length'];
  return {
    method: request.method,
    path: (request.originalUrl ?? request.url).replace(/\?.*$/s, ''),
    host: headers['host'],
    origin: headers['origin'],
    fetchSite: headers['sec-fetch-site'],
    contentType: headers['content-type'],
    hasBody: headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0'),
  };
}

const unauthenticated = (): AssayError =>
  new AssayError(
    'UNAUTHENTICATED',
    'No valid API key came with the request. Send Authorization: Bearer <key>.',
  );

/**
 * Whether a request may reach its route. Secure by default: a route that is neither `@Public()` nor `@RequiresScope(…)`
 * is refused to everyone.
 *
 * - Once any key exists, a scoped route needs a bearer key that grants one of its scopes. A missing, unknown, revoked or
 *   malformed key gets one and the same answer; a key of too little scope learns which scope is needed.
 * - Without keys, a server on loopback serves this machine alone (`checkLoopbackRequest`); one on another address serves nobody.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger(AccessGuard.name);
  private readonly isOnLoopback: boolean;

  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeyService,
    private readonly configuration: Configuration,
  ) {
    this.isOnLoopback = isLoopback(configuration.host);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = routeAccess(this.reflector, context.getClass(), context.getHandler());
    const request = context.switchToHttp().getRequest<IncomingRequest>();
    if (access === 'undeclared') {
      this.logger.error(
        `${context.getClass().name}.${context.getHandler().name} declares no access: add @Public() or @RequiresScope(…)`,
      );
      throw new AssayError('FORBIDDEN', 'This route declares no access and is closed to everyone.');
    }
    if (access === 'public') return this.admitPublic(request);
    if (await this.keys.hasKeys()) return this.admitKey(request, access);
    if (!this.isOnLoopback) throw unauthenticated();
    checkLoopbackRequest(originOf(request), this.configuration.corsOrigins);
    return true;
  }

  /** A public route stays open while the database is away: then, as without keys, only foreign sites are refused. */
  private async admitPublic(request: IncomingRequest): Promise<boolean> {
    const isOpen = !this.isOnLoopback || (await this.keys.hasKeys().catch(() => false));
    if (!isOpen) checkLoopbackRequest(originOf(request), this.configuration.corsOrigins);
    return true;
  }

  private async admitKey(request: IncomingRequest, required: readonly Scope[]): Promise<boolean> {
    const key = bearerKey(request.headers['authorization']);
    const grant = key === undefined ? null : await this.keys.authenticate(key);
    if (!grant) throw unauthenticated();
    request.apiKey = grant;
    if (required.some((scope) => allows(grant.scope, scope))) return true;
    throw new AssayError(
      'FORBIDDEN',
      `The key grants "${grant.scope}", and this route needs "${required.join('" or "')}". Use a key of that scope.`,
    );
  }
}
