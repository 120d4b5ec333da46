import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DRY_RUNNABLE, refuseDryRun } from './dry-run.js';

/** Refuses `?dryRun=true` on every route that cannot be tried out, before anything is done. */
@Injectable()
export class DryRunGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(DRY_RUNNABLE, targets)) return true;
    refuseDryRun(context.switchToHttp().getRequest<{ query?: unknown }>().query);
    return true;
  }
}
