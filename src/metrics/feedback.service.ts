import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { AttributionService } from './attribution.service.js';
import { replaceableIdPrefix, type Outcome } from './outcome.js';
import { readMeasures, withIndicators } from './read-measures.js';
import type { SentMetrics } from './read-measures.js';
import { retentionPassed } from './retention-passed.js';
import { OutcomeIntake } from './spool/outcome-intake.service.js';

/** Takes feedback from browsers: the token says whose it is; of several on one interaction the latest counts. */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly attribution: AttributionService,
    private readonly intake: OutcomeIntake,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** Throws INVALID_TOKEN, TOKEN_EXPIRED, METRIC_NOT_FROM_CLIENT, UNKNOWN_METRIC, RETENTION_PASSED. */
  async feedback({ token, metrics }: { token: string; metrics: SentMetrics }): Promise<void> {
    const owner = this.attribution.byToken(token);
    this.assertFromClient(metrics);
    const entryOf = (key: string) => this.catalogue.get(key);
    const now = this.clock.now();
    const outcomes = Object.entries(metrics).map(([key, value]): Outcome => {
      const { measures, faults } = readMeasures({ [key]: value }, entryOf);
      if (faults.length > 0)
        throw new AssayError('INVALID_REQUEST', faults.map(({ message }) => message).join('; '), faults);
      return {
        experimentId: owner.experiment.id,
        unit: owner.unit,
        id: `${replaceableIdPrefix}${owner.interaction}:${key}`,
        interaction: owner.interaction ?? '',
        at: now,
        receivedAt: now,
        measures: withIndicators(measures, owner.experiment, entryOf),
        tags: null,
        errored: false,
        replaces: true,
        phase: owner.phase,
        proof: owner.proof,
      };
    });
    const passed = (await this.intake.take(outcomes)).find((receipt) => typeof receipt === 'object');
    if (passed) throw retentionPassed(passed, `feedback on ${Object.keys(metrics).join(', ')}`);
  }

  private assertFromClient(metrics: SentMetrics): void {
    const refused = Object.keys(metrics).filter((key) => !this.catalogue.get(key)?.metric.fromClient);
    if (refused.length === 0) return;
    const allowed = this.catalogue
      .list()
      .filter((metric) => metric.fromClient)
      .map((metric) => metric.key);
    throw new AssayError(
      'METRIC_NOT_FROM_CLIENT',
      `${refused.join(', ')} cannot be sent as feedback; these can: ${allowed.join(', ')}.`,
    );
  }
}
