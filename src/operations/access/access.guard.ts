import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessService, type IncomingRequest } from './access.service.js';
import { routeAccess } from './route-access.accessor.js';

/** Lets a request pass that {@link AccessService} admits to the route, going by what the route declares. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger(AccessGuard.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = routeAccess(this.reflector, context.getClass(), context.getHandler());
    if (access === 'undeclared') {
      const route = `${context.getClass().name}.${context.getHandler().name}`;
      this.logger.error(`${route} declares no access: add @Public() or @RequiresScope(…)`);
    }
    await this.access.admit(context.switchToHttp().getRequest<IncomingRequest>(), access);
    return true;
  }
}
