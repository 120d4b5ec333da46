import { Injectable } from '@nestjs/common';
import { AssayError } from '../assay-error.js';
import { Configuration } from '../configuration/configuration.js';
import { isLoopback } from '../configuration/loopback.js';
import { headerText } from '../http/header-text.js';
import { allows, type Scope } from '../scope.js';
import { bearerKey } from './api-key.js';
import { ApiKeyService, type Grant } from './api-key.service.js';
import { checkLoopbackRequest, checkSessionRequest, originOf, type HeadedRequest } from './origin.js';
import type { RouteAccess } from './route-access.js';
import { sessionIn } from './session-cookie.js';
import type { SessionReader } from './session-reader.js';

/** What of a request decides whether it is admitted; Fastify's and Express' have it alike. */
export interface IncomingRequest extends HeadedRequest {
  /** Left for whoever asks who made the request. */
  apiKey?: Grant;
}

/**
 * Whether a request may reach its route. Secure by default: a route that is neither `@Public()` nor `@RequiresScope(…)`
 * is refused to everyone.
 *
 * - Once any key exists, a scoped route needs a bearer key that grants one of its scopes. A missing, unknown, revoked or
 *   malformed key gets one and the same answer; a key of too little scope learns which scope is needed.
 * - In place of a key, the page sends the cookie of a session that was opened with one (`checkSessionRequest`).
 * - Without keys, a server on loopback serves this machine alone (`checkLoopbackRequest`); one on another address serves nobody.
 */
@Injectable()
export class AccessService {
  private readonly isOnLoopback: boolean;
  /** The latest `Host` header that was found to name this machine: most requests repeat it. */
  private ownHost: string | undefined;
  private sessions: SessionReader | null = null;

  constructor(
    private readonly keys: ApiKeyService,
    private readonly configuration: Configuration,
  ) {
    this.isOnLoopback = isLoopback(configuration.host);
  }

  /**
   * Returns at once where no look-up is needed, which is nearly always, else a promise.
   *
   * @throws AssayError UNAUTHENTICATED, FORBIDDEN, FOREIGN_ORIGIN, UNSUPPORTED_MEDIA_TYPE or DATABASE_UNAVAILABLE
   */
  admit(request: IncomingRequest, access: RouteAccess): void | Promise<void> {
    if (access === 'undeclared')
      throw new AssayError('FORBIDDEN', 'This route declares no access and is closed to everyone.');
    if (access === 'public') return this.admitPublic(request);
    const needsKey = this.keys.hasKeysByMemory();
    if (needsKey === undefined)
      return this.keys.hasKeys().then((found) => this.admitScoped(request, access, found));
    return this.admitScoped(request, access, needsKey);
  }

  /** A public route stays open while the database is away: then, as without keys, only foreign sites are refused. */
  private async admitPublic(request: IncomingRequest): Promise<void> {
    const isOpen = !this.isOnLoopback || (await this.keys.hasKeys().catch(() => false));
    if (!isOpen) checkLoopbackRequest(originOf(request), this.configuration.corsOrigins);
  }

  private admitScoped(
    request: IncomingRequest,
    required: readonly Scope[],
    needsKey: boolean,
  ): void | Promise<void> {
    if (needsKey) return this.admitKey(request, required);
    if (!this.isOnLoopback) throw unauthenticated();
    if (this.isPlainRead(request)) return;
    checkLoopbackRequest(originOf(request), this.configuration.corsOrigins);
    this.ownHost = headerText(request.headers['host']);
  }

  /** A read that no page of another site can have caused, for it says nothing of where it comes from. */
  private isPlainRead({ method, headers }: IncomingRequest): boolean {
    return (
      method === 'GET' &&
      this.ownHost !== undefined &&
      headers['host'] === this.ownHost &&
      headers['origin'] === undefined &&
      headers['sec-fetch-site'] === undefined
    );
  }

  /** From now on sessions are admitted as the keys are that they were opened with. */
  acceptSessions(sessions: SessionReader): void {
    this.sessions = sessions;
  }

  /** Whether a key must come with what is not public. */
  async needsKey(): Promise<boolean> {
    return !this.isOnLoopback || (await this.keys.hasKeys());
  }

  /** What the request's key or session grants; null without a valid one. */
  grantOf(request: IncomingRequest): Grant | null | Promise<Grant | null> {
    const authorization = headerText(request.headers['authorization']);
    if (authorization === undefined) return this.grantOfSession(request);
    const key = bearerKey(authorization);
    if (key === undefined) return null;
    const grant = this.keys.authenticateByMemory(key);
    return grant === undefined ? this.keys.authenticate(key) : grant;
  }

  private grantOfSession(request: IncomingRequest): Grant | null | Promise<Grant | null> {
    const cookie = sessionIn(headerText(request.headers['cookie']));
    if (cookie === undefined || this.sessions === null) return null;
    checkSessionRequest(originOf(request));
    const reference = this.sessions.read(cookie);
    if (reference === null) return null;
    const grant = this.keys.grantByMemory(reference.verifier);
    return grant === undefined ? this.keys.grantOf(reference) : grant;
  }

  private admitKey(request: IncomingRequest, required: readonly Scope[]): void | Promise<void> {
    const grant = this.grantOf(request);
    if (!(grant instanceof Promise)) return admitGrant(request, grant, required);
    return grant.then((found) => admitGrant(request, found, required));
  }
}

function admitGrant(request: IncomingRequest, grant: Grant | null, required: readonly Scope[]): void {
  if (!grant) throw unauthenticated();
  request.apiKey = grant;
  if (required.some((scope) => allows(grant.scope, scope))) return;
  throw new AssayError(
    'FORBIDDEN',
    `The key grants "${grant.scope}", and this route needs "${required.join('" or "')}". Use a key of that scope.`,
  );
}

function unauthenticated(): AssayError {
  return new AssayError(
    'UNAUTHENTICATED',
    'No valid API key came with the request. Send Authorization: Bearer <key>.',
  );
}
