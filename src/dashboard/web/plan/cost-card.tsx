import type { CostEstimateView, ExperimentView } from '../api/contract.js';
import type { Column } from '../chart/column.js';
import { DataTable } from '../chart/data-table.js';
import { countOf, valueOf } from '../format/number.js';
import { basisWords, costSentence } from './cost-words.js';
import { useAnswer } from './use-answer.js';

type VariantCost = CostEstimateView['variants'][number];

const columns: readonly Column<VariantCost>[] = [
  { title: 'Variant', text: ({ variant }) => variant },
  { title: 'Model', text: ({ model }) => model ?? '–' },
  {
    title: 'Requests',
    text: ({ requests }) => (requests === null ? '–' : countOf(Math.round(requests))),
    value: ({ requests }) => requests,
    numeric: true,
  },
  {
    title: 'A request',
    text: ({ usdPerRequest }) => valueOf(usdPerRequest, 'usd'),
    value: ({ usdPerRequest }) => usdPerRequest,
    numeric: true,
  },
  { title: 'In all', text: ({ usd }) => valueOf(usd, 'usd'), value: ({ usd }) => usd, numeric: true },
  { title: 'Known from', text: ({ basis }) => basisWords(basis) },
];

/** What so many units cost, with the variants of an experiment. */
export function CostCard({
  experiment,
  units,
}: {
  readonly experiment: ExperimentView;
  readonly units: number;
}) {
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/cost-estimate?units=${units}`;
  const { data, problem, asking } = useAnswer<CostEstimateView>({ method: 'GET', path });
  return (
    <section class="card step" aria-labelledby="cost-title" aria-busy={asking}>
      <h2 id="cost-title">What it would cost</h2>
      {problem && <p class="fault">{problem.message}</p>}
      {!data && !problem && <p class="muted">Reckoning…</p>}
      {data && (
        <>
          <p class="reckoned">{costSentence(data)}</p>
          <DataTable
            caption={`With the variants of ${experiment.key}`}
            columns={columns}
            rows={data.variants}
          />
          <details>
            <summary>What this rests on</summary>
            <ul class="plain-list">
              {data.assumptions.map((assumption) => (
                <li key={assumption}>{assumption}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  );
}
