import type { Status, VariantConfig } from '../experiments/experiment.js';
import type { PairPreferences } from '../judging/pair.js';
import type { PairwiseResult } from '../metrics/pairwise-result.js';
import type { LlmMessage } from '../llm/llm-request.js';

/** Why a run ended. */
export type ShadowEnd =
  | 'limit'
  | 'budget'
  | 'price-unknown'
  | 'stopped'
  /** The candidate has an experiment of its own. */
  | 'started'
  /** The experiment whose prompts it was tried on was archived or killed. */
  | 'experiment-over';

/** A candidate that is tried on logged prompts of the control; nobody is shown what it answers, and nothing of it counts. */
export interface ShadowRun {
  readonly id: string;
  readonly config: VariantConfig;
  /** Share of the logged prompts that it is tried on, up to 1. */
  readonly share: number;
  /** Answers at most. */
  readonly limit: number;
  /** US dollars; null = no bound. */
  readonly budgetUsd: number | null;
  readonly status: 'running' | 'ended';
  readonly reason: ShadowEnd | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** What was asked and shown before, as it was logged. */
export interface LoggedQuestion {
  readonly generation: string;
  readonly messages: readonly LlmMessage[];
  readonly latencyMilliseconds: number;
  readonly responseLength: number;
  readonly costUsd: number | null;
  /** The answer that was shown. */
  readonly answer: string;
  /** Whether the judge scores answers to its unit. */
  readonly isSampled: boolean;
  /** Whether a pair of its unit may be judged: it is known, and none has been. */
  readonly isUnpaired: boolean;
}

/** What the candidate made of it; without an answer, the kind of its failure. */
export interface ShadowAnswer {
  readonly error: string | null;
  readonly latencyMilliseconds: number | null;
  readonly responseLength: number | null;
  readonly costUsd: number | null;
}

/** What a judge made of the candidate's answer; the texts are kept nowhere. */
export interface ShadowJudgement {
  /** Null: it was not scored. */
  readonly score: number | null;
  /** What became of the pair that it makes with the answer shown; null = they were not compared. */
  readonly pair: (PairPreferences & { readonly status: 'judged' | 'failed' }) | null;
  /** Why the judge gave no usable answer; null = it did, or was not asked. */
  readonly error: string | null;
  readonly costUsd: number;
}

/** What a run has used so far. */
export interface ShadowSpend {
  readonly answers: number;
  readonly costUsd: number;
  readonly dearestUsd: number;
  /** Answers whose price is unknown. */
  readonly unpriced: number;
}

/**
 * Whether an experiment in that state leaves nothing to try a candidate for.
 *
 * @example isOver('killed') // true
 */
export function isOver(status: Status): boolean {
  return status === 'archived' || status === 'killed';
}

/**
 * Why a run may not ask once more; null = it may. The next call may cost as much as the dearest so far.
 *
 * @example endOf({ limit: 100, budgetUsd: 1 }, { answers: 100, costUsd: 0.2, dearestUsd: 0.01, unpriced: 0 }) // 'limit'
 */
export function endOf(
  { limit, budgetUsd }: Pick<ShadowRun, 'limit' | 'budgetUsd'>,
  { answers, costUsd, dearestUsd, unpriced }: ShadowSpend,
): ShadowEnd | null {
  if (answers >= limit) return 'limit';
  if (budgetUsd === null) return null;
  if (unpriced > 0) return 'price-unknown';
  return costUsd + dearestUsd > budgetUsd ? 'budget' : null;
}

/** Means over the answers that both gave. */
export interface ShadowFigures {
  readonly latencyMilliseconds: number | null;
  readonly responseLength: number | null;
  /** Null where any price is unknown. */
  readonly costUsd: number | null;
  /** Mean over the prompts of which both answers were scored; null = there are none. */
  readonly judgeScore: number | null;
}

/** What the judge of the experiment makes of a candidate. */
export interface ShadowJudged {
  /** Prompts of which both answers were scored. */
  readonly scored: number;
  /** The candidate's answers beside those shown; null where the judge compares none. */
  readonly pairwise: PairwiseResult | null;
  /** Answers on which the judge failed. */
  readonly failures: number;
  /** What that cost, apart from the run and from its budget: it is in the judge's. */
  readonly costUsd: number;
}

/** A run with what came of it so far. */
export interface ShadowView extends ShadowRun {
  readonly spentUsd: number;
  readonly answers: number;
  readonly failures: Readonly<Record<string, number>>;
  /** What was shown, to the same prompts that the candidate answered. */
  readonly control: ShadowFigures;
  readonly candidate: ShadowFigures;
  /** Null where the experiment has no judge. */
  readonly judged: ShadowJudged | null;
}
