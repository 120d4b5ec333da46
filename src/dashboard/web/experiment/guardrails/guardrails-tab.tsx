import type { OverrideView, ReportView, VerdictView } from '../../api/contract.js';
import { useDecisions } from '../../api/history.js';
import { useResource } from '../../api/resource.js';
import { metricNameOf } from '../../format/metric.js';
import { instantOf } from '../../format/time.js';
import { actorWords } from '../log/actor-words.js';
import type { TabProps } from '../tab.js';
import { Reading } from '../../shell/reading.js';
import { GuardrailTileView } from './guardrail-tile.js';
import { guardrailTiles, tilesSummary } from './guardrail-tiles.js';
import { HealthPanel } from './health-panel.js';

interface GuardrailsView {
  readonly verdicts: readonly VerdictView[];
  readonly overrides: readonly OverrideView[];
}

interface Catalogue {
  readonly metrics: readonly { readonly key: string; readonly unit: string }[];
}

/** What protects the users, and whether the data can be believed. */
export function GuardrailsTab({ experiment }: TabProps) {
  const base = `v1/experiments/${encodeURIComponent(experiment.key)}`;
  const { data, problem } = useResource<GuardrailsView>(`${base}/guardrails`, experiment.key);
  const { data: report } = useResource<ReportView>(`${base}/results`, experiment.key);
  const { data: catalogue } = useResource<Catalogue>('v1/metrics');
  const log = useDecisions(experiment);
  if (!data) return <Reading what="the guardrails" problem={problem} />;
  const tiles = guardrailTiles(data.verdicts);
  const unitOf = (metric: string) => catalogue?.metrics.find(({ key }) => key === metric)?.unit ?? null;
  return (
    <>
      <h2>Guardrails</h2>
      <p class="lead">
        {tilesSummary(tiles)}
        {tiles.length > 0 &&
          ' The mark is where a variant is; its line ends at what it is surely beyond. Harm is sure once that end, or the e-value, has crossed its limit.'}
      </p>
      <Overrides overrides={data.overrides} />
      <div class="guardrails">
        {tiles.map((tile) => (
          <GuardrailTileView
            key={JSON.stringify(tile.guardrail)}
            tile={tile}
            unit={unitOf(tile.guardrail.metric)}
            variants={experiment.variants.map(({ key }) => key)}
            decisions={log.data ?? []}
          />
        ))}
      </div>
      {report && <HealthPanel report={report} />}
    </>
  );
}

function Overrides({ overrides }: { overrides: readonly OverrideView[] }) {
  if (overrides.length === 0) return null;
  return (
    <ul class="plain overrides" aria-label="Overrides in force">
      {overrides.map(({ metric, variant, until, reason, actor, at }, place) => (
        <li key={place}>
          <strong>{actorWords(actor)}</strong> overrode {metricNameOf(metric)}
          {variant === null ? ' on every variant' : ` on ${variant}`} until {instantOf(until)}, on{' '}
          {instantOf(at)}: {reason}
        </li>
      ))}
    </ul>
  );
}
