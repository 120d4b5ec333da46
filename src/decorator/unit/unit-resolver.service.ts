import { Inject, Injectable } from '@nestjs/common';
import { v4 as randomUuid } from 'uuid';
import { unitId } from '../../bucketing/assignment.schema.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { DECORATOR_OPTIONS } from '../decorator.module-definition.js';
import type { DecoratorOptions } from '../decorator.options.js';
import type { ExperimentOptions, ExperimentUse, HttpRequest } from '../declaration/experiment-use.js';
import type { HttpExchange } from '../request/http-exchange.adapter.js';
import { RequestScope } from '../request/request-scope.js';
import { readVisitor, signVisitor, visitorCookie } from './visitor-cookie.js';

/** Tells whose request it is: what `unit` says, else the signed-in user, else the visitor known by a signed cookie. */
@Injectable()
export class UnitResolver {
  constructor(
    @Inject(DECORATOR_OPTIONS) private readonly options: DecoratorOptions,
    private readonly registry: RegistryService,
  ) {}

  /** The unit's id, or null where no visitor can be known: there is no key to sign a cookie with yet. */
  resolve(use: ExperimentUse, request: HttpRequest, scope: RequestScope): string | null {
    const named = usable(use.unit?.(request as never));
    if (named !== null) return named;
    switch (this.registry.get(use.key)?.experiment.unit ?? 'user') {
      case 'request':
        return (scope.unitId ??= randomUuid());
      case 'session':
        return this.visitor(request, scope);
      case 'user':
      case 'tenant':
      case 'conversation':
        return this.userOf(request) ?? this.visitor(request, scope);
    }
  }

  /** The signed-in user, or null. */
  userOf({ user }: HttpRequest): string | null {
    return usable(user?.id);
  }

  /**
   * Whose request it is in an experiment, on a route that is not under it, such as one that takes feedback.
   * Exposes nobody, and gives a new visitor no cookie.
   */
  unitOf<Request = HttpRequest>(
    key: string,
    request: Request,
    unit?: ExperimentOptions<Request>['unit'],
  ): string | null {
    const use = { key, ...(unit && { unit }) } as ExperimentUse;
    return this.resolve(use, request as HttpRequest, new RequestScope());
  }

  /** Gives a new visitor the cookie to be known by. */
  remember(exchange: HttpExchange, scope: RequestScope): void {
    const [key] = this.options.visitorKeys();
    if (!scope.visitor?.isNew || key === undefined) return;
    exchange.addCookie(visitorCookie(signVisitor(scope.visitor.id, key), exchange.isSecure));
    scope.visitor = { ...scope.visitor, isNew: false };
  }

  private visitor({ headers }: HttpRequest, scope: RequestScope): string | null {
    if (scope.visitor) return scope.visitor.id;
    const keys = this.options.visitorKeys();
    if (keys.length === 0) return null;
    const { cookie } = headers;
    const id = readVisitor(Array.isArray(cookie) ? cookie.join(';') : cookie, keys);
    scope.visitor = { id: id ?? randomUuid(), isNew: id === null };
    return scope.visitor.id;
  }
}

/** The id as text, or null for what is no id: empty, too long, with control characters, or of a wrong type. */
function usable(id: unknown): string | null {
  const text = typeof id === 'number' || typeof id === 'bigint' ? String(id) : id;
  const parsed = unitId.safeParse(text);
  return parsed.success ? parsed.data : null;
}
