import { Injectable, Logger } from '@nestjs/common';
import type { VariantConfig } from '../experiments/experiment.js';
import { AssayError } from '../operations/assay-error.js';
import type { AssignedVariant } from './assigned-variant.js';
import type { Measures } from './interaction/interaction.js';
import { currentRequest } from './request/request-scope.js';
import { servedWithin } from './request/served.js';

/**
 * The experiment of the present request, from any service, however deep below the decorated method.
 *
 * @example
 * class SummaryService {
 *   constructor(private readonly experiment: ExperimentContext) {}
 *   judge(summary: string) {
 *     this.experiment.record({ quality_score: scoreOf(summary) });
 *   }
 * }
 */
@Injectable()
export class ExperimentContext {
  private readonly logger = new Logger(ExperimentContext.name);

  /**
   * What the request is served; null outside of a decorated request.
   *
   * @param key which experiment; only needed under several
   */
  assignment<Config extends object = VariantConfig>(key?: string): AssignedVariant<Config> | null {
    return servedWithin(currentRequest(), key ?? null) as AssignedVariant<Config> | null;
  }

  /** The same for code that cannot go on without: throws INTERNAL outside of a decorated request. */
  variant<Config extends object = VariantConfig>(key?: string): AssignedVariant<Config> {
    const served = this.assignment<Config>(key);
    if (served) return served;
    const present = [...(currentRequest()?.interactions.keys() ?? [])].join(', ');
    const circumstance = present === '' ? 'this is not one' : `this one is under ${present}`;
    throw new AssayError(
      'INTERNAL',
      `${key === undefined ? 'The variant' : `The variant of "${key}"`} can be read while answering a request whose controller method has @Experiment; ${circumstance}. Decorate the method, name one of its experiments, or ask assignment(), which may be null.`,
    );
  }

  /**
   * Adds measures to the request's outcome, by catalogue key; of two values for one metric the later counts.
   * They count for every experiment of the request, or for the one named. Outside of a decorated request nothing is recorded.
   */
  record(measures: Measures, key?: string): void {
    const interactions = currentRequest()?.interactions;
    const concerned = [...(interactions?.values() ?? [])].filter(
      ({ served }) => key === undefined || served.experiment === key,
    );
    if (concerned.length === 0) {
      this.logger.debug(
        `Not recorded, for this is no request of an experiment: ${Object.keys(measures).join(', ')}`,
      );
    }
    for (const interaction of concerned) interaction.record(measures);
  }
}
