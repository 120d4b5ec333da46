import type { JudgeView } from '../../../judging/judge-view.js';
import type { ExperimentView, Json } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import { pairwiseWords } from './pairwise-words.js';
import { judgeWords } from './judge-words.js';

/** Who scores these answers, and how far that can be relied on. */
export function JudgeLine({ experiment: { key } }: { readonly experiment: ExperimentView }) {
  const { data, problem } = useResource<Json<JudgeView>>(
    `v1/experiments/${encodeURIComponent(key)}/judge`,
    key,
  );
  if (problem) return <p class="fault">{problem.message}</p>;
  if (!data) return null;
  return (
    <div class="card judge">
      <p>{judgeWords(data)}</p>
      {data.pairwise.map((result) => (
        <p key={result.variant}>{pairwiseWords(result)}</p>
      ))}
      {data.faults.map((fault) => (
        <p key={fault} class="fault">
          {fault}
        </p>
      ))}
      <details>
        <summary>Rubric</summary>
        <p class="rubric">{data.judge.rubric}</p>
      </details>
    </div>
  );
}
