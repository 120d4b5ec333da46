import type { JudgeView } from '../../../judging/judge-view.js';
import type { Json } from '../api/contract.js';
import { countOf, valueOf } from '../format/number.js';

type Judged = Pick<Json<JudgeView>, 'judge' | 'variants' | 'costUsd' | 'agreement' | 'labelMetric'>;

/**
 * What a judge has done, what it cost, and how far it says what people say.
 *
 * @example judgeWords(view) // 'A judge scored 120 answers as judge_score for $0.4. People labelled 31 of them: weighted kappa 0.71.'
 */
export function judgeWords({ judge, variants, costUsd, agreement, labelMetric }: Judged): string {
  const scored = variants.reduce((sum, { answers }) => sum + answers.recorded, 0);
  const head = `A judge scored ${countOf(scored)} answers as ${judge.metric} for ${valueOf(costUsd, 'usd')}.`;
  if (labelMetric === null) return `${head} No labels correct it.`;
  if (agreement.labels === 0)
    return `${head} Nobody has labelled any of them yet, so nobody knows how far it can be relied on.`;
  const labelled = `${head} People labelled ${countOf(agreement.labels)} of them`;
  const { overall } = agreement;
  const kappa = 'kappa' in overall ? overall.kappa : null;
  return kappa && 'value' in kappa ? `${labelled}: weighted kappa ${valueOf(kappa.value)}.` : `${labelled}.`;
}
