import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { experimentView } from './experiment-view.mapper.js';
import { ExperimentsService } from './experiments.service.js';
import { entityTag } from './if-match.js';
import type { RegistryEntry } from './registry-entry.js';

/** Answers with the experiment that a handler returns, its warnings, and its version as `ETag`. */
@Injectable()
export class ExperimentViewInterceptor implements NestInterceptor<RegistryEntry, object> {
  constructor(private readonly experiments: ExperimentsService) {}

  intercept(context: ExecutionContext, next: CallHandler<RegistryEntry>): Observable<object> {
    const reply: { header(name: string, value: string): unknown } = context.switchToHttp().getResponse();
    return next.handle().pipe(
      map((entry) => {
        reply.header('ETag', entityTag(entry.experiment));
        return experimentView(entry, this.experiments.warnings(entry.experiment));
      }),
    );
  }
}
