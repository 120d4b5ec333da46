import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { concatMap, type Observable } from 'rxjs';
import { DraftOutlooks } from './draft-outlooks.service.js';
import { experimentView } from './experiment-view.mapper.js';
import { ExperimentsService } from './experiments.service.js';
import { entityTag } from './if-match.js';
import { isKnown } from '../operations/if-none-match.js';
import type { RegistryEntry } from './registry-entry.js';

interface Reply {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

interface Asked {
  readonly method: string;
  readonly headers: { readonly 'if-none-match'?: string };
}

/**
 * Answers with the experiment that a handler returns, its warnings, and its version as `ETag`; to a GET of whoever has that
 * version already, with 304.
 */
@Injectable()
export class ExperimentViewInterceptor implements NestInterceptor<RegistryEntry, object | ''> {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly outlooks: DraftOutlooks,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<RegistryEntry>): Observable<object | ''> {
    const reply: Reply = context.switchToHttp().getResponse();
    const { method, headers }: Asked = context.switchToHttp().getRequest();
    return next.handle().pipe(
      concatMap(async (entry) => {
        const { experiment } = entry;
        const tag = entityTag(experiment);
        reply.header('ETag', tag);
        if (method === 'GET' && isKnown(headers['if-none-match'], tag)) {
          reply.status(304);
          return '';
        }
        const warnings = [
          ...this.experiments.warnings(experiment),
          ...(await this.outlooks.warnings(experiment)),
        ];
        return experimentView(entry, warnings);
      }),
    );
  }
}
