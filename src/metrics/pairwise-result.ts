import type { Insufficient } from '../statistics/estimate.js';
import type { WinRate } from '../statistics/win-rate.js';

/** How a judge prefers one variant's answers to another's, or to the control's, on the same inputs. */
export interface PairwiseResult {
  readonly variant: string;
  /** Pairs judged in both orders, one for each unit. */
  readonly pairs: number;
  /** Preferred in both orders. */
  readonly wins: number;
  /** All others: called a tie, or preferred in one order alone. */
  readonly ties: number;
  /** The other one preferred in both orders. */
  readonly losses: number;
  readonly winRate: WinRate | Insufficient;
  readonly positionBias: PositionBias;
  /** Pairs not judged in both orders yet. */
  readonly due: number;
  /** Pairs that the judge gave no usable answer to, in one order at least. */
  readonly failed: number;
  /** Why the win rate says little, as a sentence; null = nothing is wrong with it. */
  readonly distrusted: string | null;
}

/** How far a judge goes by the place in which it reads an answer. */
export interface PositionBias {
  /** Share of pairs in which the order turned the preference round; null = there are no pairs. */
  readonly flipped: number | null;
  /** Share of preferences for what it read first, 0.5 being none; null = it preferred nothing. */
  readonly first: number | null;
}
