import type { Judge } from '../experiments/judge.js';
import type { PairwiseResult } from '../metrics/pairwise-result.js';
import { agreement, type Agreement } from '../statistics/agreement.js';
import type { Insufficient } from '../statistics/estimate.js';
import {
  agreementDrift,
  weeklyAgreement,
  type AgreementDrift,
  type WeeklyAgreement,
} from './agreement-over-time.js';
import type { JudgeFailures } from './judge-failures.js';
import type { JudgementCount, JudgementStatus } from './judgement.js';
import type { LabelledScore } from './label.js';

const alpha = 0.05;

/** How the judging of one variant's answers stands. */
export interface JudgedVariant {
  readonly variant: string;
  /** Answers by where their judgement stands. */
  readonly answers: Readonly<Record<JudgementStatus, number>>;
  /** Answers with a label. */
  readonly labelled: number;
  /** Mean of score minus label over these; null = there are none. A judge who favours a variant shows here. */
  readonly bias: number | null;
}

/** How far a judge says what people say. */
export interface JudgeAgreement {
  readonly labels: number;
  readonly labellers: number;
  readonly overall: Agreement | Insufficient;
  readonly weeks: readonly WeeklyAgreement[];
  readonly drift: AgreementDrift;
}

export interface JudgeView {
  readonly experiment: string;
  readonly judge: Judge;
  /** Metric of people's labels; null = nothing corrects this judge. */
  readonly labelMetric: string | null;
  readonly variants: readonly JudgedVariant[];
  /** Whose answers it prefers to the control's on the same inputs; empty where it compares none. */
  readonly pairwise: readonly PairwiseResult[];
  readonly today: { readonly calls: number; readonly costUsd: number; readonly budgetUsd: number | null };
  /** What the judge has cost so far, apart from what the variants cost. */
  readonly costUsd: number;
  readonly failures: JudgeFailures;
  readonly agreement: JudgeAgreement;
  /** What is wrong with the judge, in sentences. */
  readonly faults: readonly string[];
}

/**
 * Each variant's answers by where their judgement stands, and how far the judge is above people on them.
 *
 * @example judgedVariants(['control'], counts, scores)[0]?.bias // 0.4
 */
export function judgedVariants(
  variants: readonly string[],
  counts: readonly JudgementCount[],
  scores: readonly LabelledScore[],
): JudgedVariant[] {
  return variants.map((variant) => {
    const own = scores.filter((score) => score.variant === variant);
    const count = (status: JudgementStatus) =>
      counts.find((each) => each.variant === variant && each.status === status)?.count ?? 0;
    const differences = own.reduce((sum, { judge, label }) => sum + judge - label, 0);
    return {
      variant,
      answers: {
        due: count('due'),
        scored: count('scored'),
        recorded: count('recorded'),
        failed: count('failed'),
        lapsed: count('lapsed'),
      },
      labelled: own.length,
      bias: own.length === 0 ? null : differences / own.length,
    };
  });
}

/**
 * The agreement of a judge with these labels, over all and over time.
 *
 * @example judgeAgreement({ labels: 310, labellers: 3 }, scores).drift // { pValue: 0.4, drifted: false }
 */
export function judgeAgreement(
  counts: { readonly labels: number; readonly labellers: number },
  scores: readonly LabelledScore[],
): JudgeAgreement {
  return {
    ...counts,
    overall: agreement(scores, alpha),
    weeks: weeklyAgreement(scores),
    drift: agreementDrift(scores),
  };
}
