import type { PairwiseResult } from '../metrics/pairwise-result.js';
import { winRate } from '../statistics/win-rate.js';
import type { PreferredPlace } from './judge-answer.js';
import { tolerableFailures } from './judge-failures.js';
import type { JudgedMessage } from './judge-prompt.js';

/**
 * Where one order of a pair stands: `due`; `judged`; `failed`, after all attempts; `lapsed`, as a text is gone.
 */
export type PreferenceStatus = 'due' | 'judged' | 'failed' | 'lapsed';

/** A pair in one of its two orders, as whoever claimed it holds it. */
export interface Preference {
  /** The variant's answer. */
  readonly generationId: string;
  /** Whether the variant's answer is read first; else the control's is. */
  readonly swapped: boolean;
  /** Attempts begun, this one included. */
  readonly attempts: number;
  /** What was asked and answered; null = the log has it no more. */
  readonly messages: readonly JudgedMessage[] | null;
  readonly answer: string | null;
  readonly controlAnswer: string | null;
}

/** What a judge prefers in each order; null = it has not said so. */
export interface PairPreferences {
  /** The control's answer read first. */
  readonly controlFirst: PreferredPlace | null;
  /** The variant's answer read first. */
  readonly variantFirst: PreferredPlace | null;
}

/** Pairs of which the judge said the same. */
export interface PairCount extends PairPreferences {
  readonly status: PreferenceStatus;
  readonly count: number;
}

/**
 * What a pair counts for the variant: a win (1) or a loss (0) only where both orders agree, else a tie (0.5).
 *
 * @example pairResult({ controlFirst: 'second', variantFirst: 'first' }) // 1
 */
export function pairResult({ controlFirst, variantFirst }: PairPreferences): 0 | 0.5 | 1 {
  if (controlFirst === 'second' && variantFirst === 'first') return 1;
  return controlFirst === 'first' && variantFirst === 'second' ? 0 : 0.5;
}

/**
 * All pairs of one variant together. Pairs that failed are left out: of them nobody knows anything.
 *
 * @param alpha the interval of the win rate holds with probability 1 − alpha
 * @example pairwiseResult('treatment', [{ controlFirst: 'second', variantFirst: 'first', status: 'judged', count: 8 }], 0.05).wins // 8
 */
export function pairwiseResult(variant: string, counts: readonly PairCount[], alpha: number): PairwiseResult {
  const judged = counts.filter(({ status }) => status === 'judged');
  const having = (result: number) => total(judged.filter((count) => pairResult(count) === result));
  const preferences = { wins: having(1), ties: having(0.5), losses: having(0) };
  const failed = total(counts.filter(({ status }) => status === 'failed'));
  return {
    variant,
    pairs: total(judged),
    ...preferences,
    winRate: winRate(preferences, alpha),
    positionBias: positionBias(judged),
    due: total(counts.filter(({ status }) => status === 'due')),
    failed,
    distrusted: distrust(failed, total(judged)),
  };
}

function positionBias(judged: readonly PairCount[]): PairwiseResult['positionBias'] {
  const pairs = total(judged);
  const flips = total(
    judged.filter(
      ({ controlFirst, variantFirst }) => controlFirst !== 'tie' && controlFirst === variantFirst,
    ),
  );
  const at = (place: PreferredPlace) =>
    total(judged.filter(({ controlFirst }) => controlFirst === place)) +
    total(judged.filter(({ variantFirst }) => variantFirst === place));
  const preferred = at('first') + at('second');
  return {
    flipped: pairs === 0 ? null : flips / pairs,
    first: preferred === 0 ? null : at('first') / preferred,
  };
}

function distrust(failed: number, judged: number): string | null {
  const share = failed / (failed + judged);
  if (!(share > tolerableFailures)) return null;
  return (
    `The judge failed on ${failed} of ${failed + judged} pairs; those that it did judge may not be like the others, ` +
    'so its win rate says little.'
  );
}

function total(counts: readonly PairCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
