import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { UnitLinks } from '../../bucketing/links/unit-links.service.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { DECORATOR_OPTIONS } from '../decorator.module-definition.js';
import type { DecoratorOptions } from '../decorator.options.js';
import type { ExperimentUse, HttpRequest } from '../declaration/experiment-use.js';
import { UnitResolver } from './unit-resolver.service.js';
import { readVisitor, visitorCookieName } from './visitor-cookie.js';

/** A request waits no longer than this to be linked; the next one tries again. */
const patienceMilliseconds = 500;
const retryMilliseconds = 60_000;

/** Notices who signs in: a request of a signed-in user that still carries the cookie of a visitor. */
@Injectable()
export class LoginService {
  private readonly logger = new Logger('Experiment');
  /** Cookies and users that were seen together. */
  private readonly met = new LRUCache<string, true>({ max: 50_000 });

  constructor(
    @Inject(DECORATOR_OPTIONS) private readonly options: DecoratorOptions,
    private readonly registry: RegistryService,
    private readonly units: UnitResolver,
    private readonly links: UnitLinks,
  ) {}

  /** A promise at the first sight of a visitor and a user together, undefined at any other. Never rejects. */
  meet({ key, unit }: ExperimentUse, request: HttpRequest): Promise<void> | undefined {
    if (unit !== undefined || this.registry.get(key)?.experiment.unit !== 'user') return undefined;
    const user = this.units.userOf(request);
    const { cookie } = request.headers;
    const header = Array.isArray(cookie) ? cookie.join(';') : cookie;
    if (user === null || !header?.includes(`${visitorCookieName}=`)) return undefined;
    const pair = `${user}\n${header}`;
    if (this.met.has(pair)) return undefined;
    this.met.set(pair, true);
    const visitor = readVisitor(header, this.options.visitorKeys());
    return visitor === null ? undefined : this.link(visitor, user, pair);
  }

  private async link(visitor: string, user: string, pair: string): Promise<void> {
    const linking = this.links.link(visitor, user).catch((error: unknown) => {
      this.met.set(pair, true, { ttl: retryMilliseconds });
      this.logger.warn('A visitor who signed in could not be linked; trying again in a minute', error);
    });
    const abort = new AbortController();
    const patience = delay(patienceMilliseconds, undefined, { signal: abort.signal, ref: false }).catch(
      () => undefined,
    );
    await Promise.race([linking, patience]);
    abort.abort();
  }
}
