import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { unitFromHeader, type HttpRequest } from '../decorator/declaration/experiment-use.js';
import { UnitResolver } from '../decorator/unit/unit-resolver.service.js';
import { RegistryService } from '../experiments/registry.service.js';
import { FeedbackService } from '../metrics/feedback.service.js';
import { OutcomeService } from '../metrics/outcome.service.js';
import { AssayError } from '../operations/assay-error.js';
import type { RatingBody } from './summarize.schema.js';

/** Takes ratings: best with the token of the answer that is rated, else as the user who got one. */
@Injectable()
export class RatingService {
  constructor(
    private readonly registry: RegistryService,
    private readonly feedback: FeedbackService,
    private readonly outcomes: OutcomeService,
    private readonly units: UnitResolver,
  ) {}

  /** Throws EXPERIMENT_NOT_FOUND, INVALID_TOKEN, TOKEN_EXPIRED, or NEVER_EXPOSED for a user who was never served. */
  async rate({ experimentId, rating, token }: RatingBody, request: HttpRequest): Promise<void> {
    if (!this.registry.get(experimentId)) {
      throw new AssayError('EXPERIMENT_NOT_FOUND', `There is no experiment "${experimentId}".`);
    }
    const metrics = { user_rating: rating };
    if (token === undefined) return this.rateAsUser(experimentId, request, metrics);
    if (!token.startsWith(`${experimentId}~`)) {
      throw new AssayError(
        'INVALID_REQUEST',
        `The token is not of experiment "${experimentId}"; send the one of the answer.`,
      );
    }
    await this.feedback.feedback({ token, metrics });
  }

  private async rateAsUser(experiment: string, request: HttpRequest, metrics: { user_rating: number }) {
    const unit = this.units.unitOf(experiment, request, unitFromHeader('x-user-id'));
    const [result] = await this.outcomes.accept([{ id: uuid(), experiment, unit, metrics }]);
    if (result?.status === 'refused') {
      throw new AssayError(result.code ?? 'INVALID_REQUEST', result.detail ?? 'The rating was refused.');
    }
  }
}
