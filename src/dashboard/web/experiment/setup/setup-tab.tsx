import type { ReportView } from '../../api/contract.js';
import { useDecisions } from '../../api/history.js';
import { useResource } from '../../api/resource.js';
import type { TabProps } from '../tab.js';
import { ConfigComparison } from './config-comparison.js';
import { FactsCard } from './facts-card.js';
import { decisionFacts, guardrailFacts, peopleFacts } from './plan-facts.js';
import { RegistrationCard } from './registration-card.js';
import { visible } from '../../format/visible.js';

interface Catalogue {
  readonly metrics: readonly { readonly key: string; readonly unit: string }[];
}

/** What is compared, for whom, and what was promised before the first unit came. */
export function SetupTab({ experiment }: TabProps) {
  const base = `v1/experiments/${encodeURIComponent(experiment.key)}`;
  const { data: report } = useResource<ReportView>(`${base}/results`, experiment.key);
  const { data: catalogue } = useResource<Catalogue>('v1/metrics');
  const log = useDecisions(experiment);
  const unitOf = (metric: string) => catalogue?.metrics.find(({ key }) => key === metric)?.unit ?? null;
  return (
    <>
      {experiment.description && <p class="lead">{visible(experiment.description)}</p>}
      <RegistrationCard experiment={experiment} report={report} decisions={log.data ?? []} />
      <ConfigComparison experiment={experiment} />
      <div class="cards">
        <FactsCard title="What decides" facts={decisionFacts(experiment)} />
        <FactsCard title="Who takes part" facts={peopleFacts(experiment)} />
        <FactsCard
          title="Guardrails"
          facts={guardrailFacts(experiment, unitOf)}
          none="There are none. PATCH the experiment to add some; that is free while it runs."
        />
      </div>
    </>
  );
}
