import type { ExperimentView, ReportView } from '../../api/contract.js';
import { rangeOf, valueOf } from '../../format/number.js';
import { inWords } from '../verdict/in-words.js';
import { adviceIn } from '../verdict/next-step.js';

export interface RecommendationProps extends Pick<ReportView, 'recommendation'> {
  readonly status: ExperimentView['status'];
  /** Keys of the metrics that the sentences may name. */
  readonly metrics: readonly string[];
}

/** What to do, why, on what evidence, and what comes next. */
export function RecommendationCard({ status, recommendation, metrics }: RecommendationProps) {
  const { action, reason, evidence, saving } = recommendation;
  const { headline, next } = adviceIn(status, recommendation);
  const print = (value: number) => valueOf(value, 'USD');
  return (
    <section class={`card recommendation action-${action}`} aria-labelledby="recommendation">
      <p class="eyebrow">Recommendation</p>
      <h2 id="recommendation">{headline}</h2>
      <p>{inWords(reason, metrics)}</p>
      {saving && (
        <p class="money">
          Would save about {print(saving.perThousand)} per 1,000 requests
          {saving.interval && `, plausibly ${rangeOf(saving.interval, print)}`}.
        </p>
      )}
      {evidence.length > 0 && (
        <>
          <h3>Evidence</h3>
          <ul class="sentences">
            {evidence.map((sentence) => (
              <li key={sentence}>{inWords(sentence, metrics)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>Next</h3>
      <p>{next}</p>
    </section>
  );
}
