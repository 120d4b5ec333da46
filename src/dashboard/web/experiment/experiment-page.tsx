import { useResource } from '../api/resource.js';
import type { ExperimentView } from '../api/contract.js';
import { ActionBar } from '../act/action-bar.js';
import { AnswersTab } from '../answers/answers-tab.js';
import { PageHeading } from '../shell/page-heading.js';
import { Tabs } from '../shell/tabs.js';
import { useRoute } from '../shell/router.js';
import { Reading } from '../shell/reading.js';
import { GuardrailsTab } from './guardrails/guardrails-tab.js';
import { LogTab } from './log/log-tab.js';
import { MetricsTab } from './metrics/metrics-tab.js';
import { OverviewTab } from './overview/overview-tab.js';
import { SetupTab } from './setup/setup-tab.js';
import { TrafficTab } from './traffic/traffic-tab.js';
import { visible } from '../format/visible.js';

const tabs = [
  { path: 'overview', name: 'Overview', Content: OverviewTab },
  { path: 'metrics', name: 'Metrics', Content: MetricsTab },
  { path: 'traffic', name: 'Traffic', Content: TrafficTab },
  { path: 'guardrails', name: 'Guardrails', Content: GuardrailsTab },
  { path: 'answers', name: 'Answers', Content: AnswersTab },
  { path: 'setup', name: 'Setup', Content: SetupTab },
  { path: 'log', name: 'Log', Content: LogTab },
] as const;

/** One experiment: the first tab answers, the others show why. */
export function ExperimentPage({ experimentKey }: { experimentKey: string }) {
  const path = `v1/experiments/${encodeURIComponent(experimentKey)}`;
  const { data: experiment, problem } = useResource<ExperimentView>(path, experimentKey);
  const chosen = useRoute().path[2] ?? 'overview';
  if (problem?.status === 404)
    return (
      <>
        <PageHeading title={`There is no experiment "${visible(experimentKey)}"`} />
        <p class="empty">
          <a href="#/">Back to the experiments</a>
        </p>
      </>
    );
  if (!experiment) return <Reading what="the experiment" problem={problem} />;
  const { Content } = tabs.find((tab) => tab.path === chosen) ?? tabs[0];
  return (
    <>
      <header class="page-head">
        <PageHeading title={visible(experiment.name)} />
        <span class={`state state-${experiment.status}`}>{experiment.status}</span>
        <code>{experiment.key}</code>
        <ActionBar experiment={experiment} />
      </header>
      {experiment.hypothesis && <p class="lead">{visible(experiment.hypothesis)}</p>}
      <Tabs base={['experiments', experimentKey]} tabs={tabs} chosen={chosen} />
      <Content experiment={experiment} />
    </>
  );
}
