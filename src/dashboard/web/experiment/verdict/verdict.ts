import type { Interval, PlotLine } from '../../chart/domain.js';

/** How things stand: shown to be good or bad, to be minded, no difference that counts, not settled yet, or nothing known. */
export type Standing = 'good' | 'bad' | 'warn' | 'even' | 'open' | 'unknown';

/** A figure with its interval against its lines. */
export interface Gauge {
  readonly name: string;
  readonly standing: Standing;
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly lines: readonly PlotLine[];
  /** The metric's unit; null where it has none. */
  readonly unit: string | null;
  /** Whether the figure is a difference from the control, or the variant's own. */
  readonly of: 'difference' | 'figure';
  /** What it says, in a sentence. */
  readonly sentence: string;
}

/** The answer to one of the three questions. */
export interface Verdict {
  readonly question: string;
  readonly standing: Standing;
  /** One or two words. */
  readonly answer: string;
  readonly sentences: readonly string[];
  readonly gauges: readonly Gauge[];
}

/**
 * How several stand together: one bad is bad; one open keeps all open before one without a difference; nothing known counts only where nothing else is.
 *
 * @example worstOf(['good', 'open']) // 'open'
 */
export function worstOf(standings: readonly Standing[]): Standing {
  const order: readonly Standing[] = ['bad', 'warn', 'open', 'even', 'good'];
  return order.find((standing) => standings.includes(standing)) ?? 'unknown';
}
