import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { AttributionService, type Attribution } from './attribution.service.js';
import { computedTags, replaceableIdPrefix, type Outcome } from './outcome.js';
import { readMeasures, withIndicators } from './read-measures.js';
import type { SentMetrics } from './read-measures.js';
import { retentionPassed } from './retention-passed.js';
import { OutcomeIntake } from './spool/outcome-intake.service.js';

/** What a browser sends. */
export interface Feedback {
  readonly token: string;
  readonly metrics?: SentMetrics | undefined;
  /** The text that the user made of the answer. */
  readonly finalText?: string | undefined;
}

/** Characters changed between the answer of the owner's interaction and the text; null where the answer is not known. */
export type EditOf = (owner: Attribution, finalText: string) => Promise<number | null>;

/**
 * Takes feedback from browsers: the token says whose it is; of several on one interaction the latest counts, and what is computed
 * before what is sent.
 */
@Injectable()
export class FeedbackService {
  private editOf: EditOf | null = null;

  constructor(
    private readonly attribution: AttributionService,
    private readonly intake: OutcomeIntake,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** Adds whoever can compare a text with the answer that it was made from. */
  offerEdits(editOf: EditOf): void {
    this.editOf = editOf;
  }

  /** Throws INVALID_TOKEN, TOKEN_EXPIRED, METRIC_NOT_FROM_CLIENT, UNKNOWN_METRIC, ANSWER_NOT_LOGGED, RETENTION_PASSED. */
  async feedback({ token, metrics: sent = {}, finalText }: Feedback): Promise<void> {
    const owner = this.attribution.byToken(token);
    this.assertFromClient(sent);
    const metrics =
      finalText === undefined ? sent : { ...sent, edit_distance: await this.distance(owner, finalText) };
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
        tags: finalText !== undefined && key === 'edit_distance' ? computedTags : null,
        errored: false,
        replaces: true,
        phase: owner.phase,
        proof: owner.proof,
      };
    });
    const passed = (await this.intake.take(outcomes)).find((receipt) => typeof receipt === 'object');
    if (passed) throw retentionPassed(passed, `feedback on ${Object.keys(metrics).join(', ')}`);
  }

  private async distance(owner: Attribution, finalText: string): Promise<number> {
    const distance = (await this.editOf?.(owner, finalText)) ?? null;
    if (distance !== null) return distance;
    throw new AssayError(
      'ANSWER_NOT_LOGGED',
      `The answer that this token is about is not in the generation log, so "finalText" cannot be compared with it. Send {"metrics": {"edit_distance": <characters changed>}} instead, or log the answers of "${owner.experiment.key}" in full.`,
      [{ pointer: '/finalText', message: 'there is no logged answer to compare it with' }],
    );
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
