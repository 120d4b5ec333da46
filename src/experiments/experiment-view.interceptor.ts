import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { concatMap, type Observable } from 'rxjs';
import { DraftOutlooks } from './draft-outlooks.service.js';
import { experimentView } from './experiment-view.mapper.js';
import { ExperimentsService } from './experiments.service.js';
import { entityTag } from './if-match.js';
import type { RegistryEntry } from './registry-entry.js';

/** Answers with the experiment that a handler returns, its warnings, and its version as `ETag`. */
@Injectable()
export class ExperimentViewInterceptor implements NestInterceptor<RegistryEntry, object> {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly outlooks: DraftOutlooks,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<RegistryEntry>): Observable<object> {
    const reply: { header(name: string, value: string): unknown } = context.switchToHttp().getResponse();
    return next.handle().pipe(
      concatMap(async (entry) => {
        const { experiment } = entry;
        const warnings = [
          ...this.experiments.warnings(experiment),
          ...(await this.outlooks.warnings(experiment)),
        ];
        reply.header('ETag', entityTag(experiment));
        return experimentView(entry, warnings);
      }),
    );
  }
}
