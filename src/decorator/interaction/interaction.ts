import type { GenerationSubject } from '../../generations/observed-generation.js';
import type { AssignedVariant } from '../assigned-variant.js';
import { generationTotals, type MeasuredGeneration } from './generation-totals.js';
import {
  endingOf,
  outcomeOf,
  withoutSuccess,
  type ClosedResponse,
  type Ending,
  type Thrown,
} from './interaction-outcome.js';

/** Values by catalogue key. */
export type Measures = Readonly<Record<string, number | boolean>>;

/** Where the measures of an interaction go. */
export type Send = (measures: Measures) => void;

/**
 * One request's part in one experiment: what it was served, and what is measured of it.
 *
 * - Everything measured until the response closes is sent as one record. Of two values for a metric, the application's own
 *   wins over a generation's, which wins over the response's; of the application's own, the latest.
 * - What comes later is sent by itself. Generations then add only what is not known yet: nothing counts twice.
 */
export class Interaction {
  private readonly generations: MeasuredGeneration[] = [];
  private recorded: Measures = {};
  private sent: Measures | null = null;
  private ending: Ending | null = null;
  private thrown: Thrown = 'nothing';

  constructor(
    readonly served: AssignedVariant,
    private readonly send: Send,
    /** Whether a generation's figure is recorded here. */
    private readonly isWanted: (key: string) => boolean = () => true,
    /** Whose it is; null where nothing of it is logged. */
    readonly subject: GenerationSubject | null = null,
  ) {}

  /** Takes what the application measured itself. */
  record(measures: Measures): void {
    if (this.sent) this.send(measures);
    else this.recorded = { ...this.recorded, ...measures };
  }

  measureGeneration(generation: MeasuredGeneration): void {
    const wanted = Object.entries(generation.metrics).filter(([key]) => this.isWanted(key));
    this.generations.push({ ...generation, metrics: Object.fromEntries(wanted) });
    if (this.sent) this.sendNews(this.sent);
  }

  /** Notes that the handler, or the stream that it returned, threw. */
  threw(thrown: Thrown): void {
    this.thrown = thrown;
  }

  /** Sends what was measured; called when the response has closed. */
  close(response: ClosedResponse, latencyMilliseconds: number): void {
    if (this.sent) return;
    this.ending = endingOf(response, this.thrown);
    const measured = outcomeOf(this.ending, latencyMilliseconds, generationTotals(this.generations));
    this.sent = { ...measured, ...this.recorded };
    if (Object.keys(this.sent).length > 0) this.send(this.sent);
  }

  private sendNews(known: Measures): void {
    const totals = generationTotals(this.generations);
    const metrics = this.ending === 'abandoned' ? withoutSuccess(totals) : totals;
    const news = Object.fromEntries(Object.entries(metrics).filter(([key]) => !(key in known)));
    if (Object.keys(news).length === 0) return;
    this.sent = { ...known, ...news };
    this.send(news);
  }
}
