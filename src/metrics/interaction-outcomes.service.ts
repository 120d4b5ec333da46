import { Injectable } from '@nestjs/common';
import type { Exposure } from '../bucketing/exposure.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Experiment } from '../experiments/experiment.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { replaceableIdPrefix, type Outcome, type Receipt } from './outcome.js';
import { readMeasures, withIndicators, type SentMetrics } from './read-measures.js';
import { OutcomeIntake } from './spool/outcome-intake.service.js';

/** What is found out later about an interaction that Assay itself has on record. */
export interface LaterOutcome {
  readonly experiment: Experiment;
  /** Key of the unit, see `unitKey`. */
  readonly unit: string;
  readonly phase: number;
  readonly interaction: string;
  /** When the interaction was: what is said of it counts as of then. */
  readonly at: Date;
  /** Of several with one id the first counts; where it replaces, the latest. */
  readonly id: string;
  readonly replaces: boolean;
  readonly metrics: SentMetrics;
  /** Where the exposure may not be written yet. */
  readonly proof?: Exposure | null;
}

/** Takes in outcomes of interactions on record, on the way that all outcomes take: deduplicated, counted, spooled. */
@Injectable()
export class InteractionOutcomes {
  constructor(
    private readonly intake: OutcomeIntake,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** What became of it. Throws INVALID_REQUEST for a value out of bounds, and what the intake throws. */
  async record(later: LaterOutcome): Promise<Receipt> {
    const entryOf = (key: string) => this.catalogue.get(key);
    const { measures, faults } = readMeasures(later.metrics, entryOf);
    if (faults.length > 0)
      throw new AssayError('INVALID_REQUEST', faults.map(({ message }) => message).join('; '), faults);
    const outcome: Outcome = {
      experimentId: later.experiment.id,
      unit: later.unit,
      // Senders' own ids never begin so.
      id: `${later.replaces ? replaceableIdPrefix : '$'}${later.id}`,
      interaction: later.interaction,
      at: later.at,
      receivedAt: this.clock.now(),
      measures: withIndicators(measures, later.experiment, entryOf),
      tags: null,
      errored: false,
      replaces: later.replaces,
      phase: later.phase,
      proof: later.proof ?? null,
    };
    const [receipt] = await this.intake.take([outcome]);
    return receipt ?? 'never-exposed';
  }
}
