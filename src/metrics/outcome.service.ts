import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { AssignmentService } from '../bucketing/assignment.service.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { AssayError, type Fault } from '../operations/assay-error.js';
import { inspectInput } from '../operations/problem/input-inspection.js';
import { schemaFaults } from '../operations/problem/read-input.js';
import { inOurWords } from '../operations/problem/schema-words.js';
import { Clock } from '../operations/clock.js';
import { v7 as uuid } from 'uuid';
import { AttributionService, type Attribution } from './attribution.service.js';
import type { RecordedOutcome } from './outcome-recorder.js';
import { OutcomeItem, OutcomesRequest, type SentOutcome } from './outcome.schema.js';
import { clockTolerance } from './outcome-window.js';
import type { Outcome, Receipt } from './outcome.js';
import { readMeasures, withIndicators, type SentMetrics } from './read-measures.js';
import { refusalOf, type ItemResult } from './item-result.js';
import { retentionPassed } from './retention-passed.js';
import { OutcomeIntake } from './spool/outcome-intake.service.js';

/** Checked in a few milliseconds. */
const itemsInOneGo = 200;

/** Takes outcomes in: from other processes over HTTP, and from the one that served the unit. */
@Injectable()
export class OutcomeService {
  private readonly logger = new Logger(OutcomeService.name);
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly attribution: AttributionService,
    private readonly assignments: AssignmentService,
    private readonly intake: OutcomeIntake,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** The outcomes of a request's body, see {@link accept}. Throws INVALID_REQUEST for a body that is no list of them. */
  acceptBody(body: unknown): Promise<ItemResult[]> {
    const envelope = OutcomesRequest.safeParse(body, inOurWords);
    if (envelope.success) return this.accept(envelope.data.outcomes);
    const faults = envelope.error.issues.flatMap((issue) => schemaFaults(issue, body));
    throw new AssayError(
      'INVALID_REQUEST',
      'Send {"outcomes": […]} with 1 to 5,000 items: see errors.',
      faults,
    );
  }

  /**
   * One result per item, in order; the good ones are committed, or on disk as `deferred`, whatever the others are.
   * Throws DATABASE_UNAVAILABLE, nothing being taken, when it cannot be said just now what is good.
   */
  async accept(items: readonly unknown[]): Promise<ItemResult[]> {
    const read =
      items.length <= itemsInOneGo
        ? items.map((item, index) => this.read(item, index))
        : await this.readInTurns(items);
    const outcomes = read.filter((item): item is Outcome => !('status' in item));
    const verdicts = await this.intake.take(outcomes);
    const settled = new Map(outcomes.map((outcome, index) => [outcome, verdicts[index]]));
    return read.map((item) => ('status' in item ? item : resultOf(item, settled.get(item))));
  }

  /**
   * Records what this process measured of an interaction; resolves once that is committed or on disk.
   * Never throws: what cannot be recorded is logged, for the user's request must not suffer.
   */
  async record({ assignment, interaction, metrics }: RecordedOutcome): Promise<void> {
    const experiment = assignment.entry?.experiment;
    const proof = this.assignments.exposureOf(assignment);
    if (!experiment || !proof) return;
    try {
      const owner: Attribution = {
        experiment,
        unit: proof.unit,
        interaction,
        phase: experiment.phase,
        proof,
      };
      const outcome = this.outcome(owner, { id: uuid(), metrics, interaction }, (faults) =>
        this.logger.warn(
          `Not recorded for "${experiment.key}": ${faults.map((fault) => fault.message).join('; ')}`,
        ),
      );
      if (outcome.measures.length > 0) await this.intake.take([outcome]);
    } catch (error) {
      this.logger.error(`An outcome of "${experiment.key}" could not be recorded`, error);
    }
  }

  /** Of many items some at a time, and of one request after the other, so that nobody else waits long. */
  private readInTurns(items: readonly unknown[]): Promise<(Outcome | ItemResult)[]> {
    const read = async () => {
      const results: (Outcome | ItemResult)[] = [];
      for (const [index, item] of items.entries()) {
        if (index % itemsInOneGo === 0) await setImmediate();
        results.push(this.read(item, index));
      }
      return results;
    };
    const result = this.lastTurn.then(read, read);
    this.lastTurn = result;
    return result;
  }

  private read(sent: unknown, index: number): Outcome | ItemResult {
    const id = idOf(sent);
    const unsafe = inspectInput(sent);
    const parsed = OutcomeItem.safeParse(sent, inOurWords);
    if (unsafe.length > 0 || !parsed.success) {
      const found = (parsed.error?.issues ?? []).flatMap((issue) => schemaFaults(issue, sent));
      const faults = [...unsafe, ...found].map(({ pointer, message }) => ({
        pointer: `/outcomes/${index}${pointer}`,
        message,
      }));
      return refusalOf(
        id,
        new AssayError('INVALID_REQUEST', 'This outcome is not valid: see errors.', faults),
      );
    }
    try {
      const { data } = parsed;
      return this.outcome(this.owner(data), data, (faults, unknown) => {
        throw new AssayError(
          unknown ? 'UNKNOWN_METRIC' : 'INVALID_REQUEST',
          faults.map(({ pointer, message }) => `${pointer}: ${message}`).join('; '),
          faults,
        );
      });
    } catch (error) {
      if (error instanceof AssayError && error.code !== 'DATABASE_UNAVAILABLE') return refusalOf(id, error);
      throw error;
    }
  }

  private owner(item: SentOutcome): Attribution {
    return item.token !== undefined
      ? this.attribution.byToken(item.token)
      : this.attribution.byUnit(item.experiment ?? '', item.unit ?? '');
  }

  private outcome(
    owner: Attribution,
    sent: {
      id: string;
      metrics: SentMetrics;
      interaction?: string | undefined;
      at?: Date | undefined;
      tags?: Record<string, string> | undefined;
    },
    onFaults: (faults: readonly Fault[], unknown: boolean) => void,
  ): Outcome {
    const now = this.clock.now();
    if (sent.at && sent.at.getTime() > now.getTime() + clockTolerance) {
      throw new AssayError(
        'INVALID_REQUEST',
        `"at" is ${sent.at.toISOString()}, which lies in the future; it is now ${now.toISOString()}.`,
      );
    }
    const entryOf = (key: string) => this.catalogue.get(key);
    const { measures, faults, unknown } = readMeasures(sent.metrics, entryOf);
    if (faults.length > 0) onFaults(faults, unknown);
    const error = entryOf('error')?.id;
    return {
      experimentId: owner.experiment.id,
      unit: owner.unit,
      id: sent.id,
      interaction: sent.interaction ?? owner.interaction ?? `id:${sent.id}`,
      at: sent.at ?? now,
      receivedAt: now,
      measures: withIndicators(measures, owner.experiment, entryOf),
      tags: sent.tags ?? null,
      errored: measures.some(({ metric, value }) => metric === error && value > 0),
      replaces: false,
      phase: owner.phase,
      proof: owner.proof,
    };
  }
}

function idOf(sent: unknown): string | null {
  const id = sent !== null && typeof sent === 'object' ? (sent as { id?: unknown }).id : null;
  return typeof id === 'string' ? id.slice(0, 200) : null;
}

function resultOf(outcome: Outcome, verdict: Receipt | undefined): ItemResult {
  if (typeof verdict === 'object')
    return refusalOf(outcome.id, retentionPassed(verdict, `outcome "${outcome.id}"`));
  if (verdict !== undefined && verdict !== 'never-exposed') return { id: outcome.id, status: verdict };
  return refusalOf(
    outcome.id,
    new AssayError(
      'NEVER_EXPOSED',
      'This unit was never exposed to the experiment; ask for its assignment first, or send its token.',
    ),
  );
}
