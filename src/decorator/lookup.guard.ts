import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/internal';
import { experimentUsesOf } from './declaration/experiment-metadata.accessor.js';
import { HttpExchange } from './request/http-exchange.adapter.js';
import { InteractionService } from './interaction/interaction.service.js';
import { currentRequest } from './request/request-scope.js';

/**
 * Looks up assignments of `@Sse` routes before the stream opens. Nest sends its headers without waiting for interceptors,
 * so that a unit which must be looked up would otherwise be answered without `Assay-*` headers. Lets everyone through.
 */
@Injectable()
export class LookupGuard implements CanActivate {
  constructor(private readonly interactions: InteractionService) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const scope = currentRequest();
    const handler = context.getHandler();
    if (!scope || !Reflect.getMetadata(SSE_METADATA, handler)) return true;
    const exchange = new HttpExchange(context);
    await Promise.all(
      experimentUsesOf(handler).map((use) => this.interactions.prepare({ use, exchange, scope })),
    );
    return true;
  }
}
