import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TokenService } from '../../bucketing/token.service.js';
import { AccessService, type IncomingRequest } from '../../operations/access/access.service.js';
import type { KeyReference } from '../../operations/access/api-key.js';
import { ApiKeyService, type Grant } from '../../operations/access/api-key.service.js';
import type { SessionReader } from '../../operations/access/session-reader.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { allows, type Scope } from '../../operations/scope.js';
import { openSession, sealSession } from './sealed-session.js';
import { SignInAttempts } from './sign-in-attempts.js';

/** Seconds: a working day. */
export const sessionSeconds = 12 * 3_600;

/** What the page is told of its reader. */
export interface SessionView {
  /** Whether an API key must be shown first. */
  readonly needsKey: boolean;
  /** What the key grants; null without one. */
  readonly scope: Scope | null;
}

/**
 * Sessions of the page: a cookie in place of an API key, which no script can read.
 *
 * - Nothing is stored: the cookie holds, sealed, which key it was opened with, and every server with the same secret reads it.
 * - The key is looked up again for every request, so a session ends with its key, within 2 s, and in any case after 12 hours.
 */
@Injectable()
export class SessionService implements SessionReader, OnModuleInit {
  private readonly attempts = new SignInAttempts();

  constructor(
    private readonly keys: ApiKeyService,
    private readonly tokens: TokenService,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.access.acceptSessions(this);
  }

  /**
   * Opens a session with a key.
   *
   * @param address of who asks: who tries too many keys has to wait
   * @returns the text of the cookie
   * @throws AssayError UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS or DATABASE_UNAVAILABLE
   */
  async signIn(key: string, address: string): Promise<{ cookie: string; scope: Scope }> {
    const now = this.clock.now();
    const wait = this.attempts.wait(address, now);
    if (wait > 0) throw tooManyAttempts(wait);
    this.attempts.begin(address, now);
    const reference = this.keys.referenceTo(key);
    const grant = reference && (await this.grantOf(reference, address));
    if (!reference || !grant) {
      throw new AssayError('UNAUTHENTICATED', 'This is no API key of this server, or it was revoked.');
    }
    this.attempts.succeed(address);
    if (!allows(grant.scope, 'read')) {
      const message = `The key grants "${grant.scope}", and the page needs "read", "operate" or "admin".`;
      throw new AssayError('FORBIDDEN', message);
    }
    const expiresAt = new Date(now.getTime() + sessionSeconds * 1_000);
    return { cookie: this.seal(reference, expiresAt), scope: grant.scope };
  }

  read(cookie: string): KeyReference | null {
    const session = openSession(this.secrets(), cookie);
    return session && session.expiresAt > this.clock.now() ? session : null;
  }

  /** Who makes the request, as far as the page has to know. */
  async view(request: IncomingRequest): Promise<SessionView> {
    if (!(await this.access.needsKey())) return { needsKey: false, scope: null };
    const grant = await this.access.grantOf(request);
    return { needsKey: grant === null, scope: grant?.scope ?? null };
  }

  private async grantOf(reference: KeyReference, address: string): Promise<Grant | null> {
    try {
      return await this.keys.grantOf(reference);
    } catch (error) {
      this.attempts.succeed(address);
      throw error;
    }
  }

  private seal(reference: KeyReference, expiresAt: Date): string {
    const [secret] = this.secrets();
    return sealSession(secret, { ...reference, expiresAt }, randomBytes);
  }

  private secrets() {
    const [newest, ...older] = this.tokens.keys();
    if (newest) return [newest, ...older] as const;
    throw new AssayError(
      'DATABASE_UNAVAILABLE',
      'The database that keeps the secret has not been there yet. Send this again in a second.',
    );
  }
}

function tooManyAttempts(wait: number): AssayError {
  return new AssayError(
    'TOO_MANY_REQUESTS',
    `Too many keys were wrong. Try again in ${wait} s; npm run keys -- create makes a new one.`,
    [],
    { retryAfter: wait },
  );
}
