import { useMemo } from 'preact/hooks';
import type { DecisionView, ReportView } from '../../api/contract.js';
import { useDecisions, useEpochs } from '../../api/history.js';
import { useResource } from '../../api/resource.js';
import { useNow } from '../../shell/now.js';
import type { TabProps } from '../tab.js';
import { Reading } from '../../shell/reading.js';
import { BanditFigure } from './bandit-figure.js';
import { LeafTable } from './leaf-table.js';
import { RampCard, RolloutCard } from './ramp-card.js';
import { River } from './river.js';
import { SharesFigure } from './shares-figure.js';
import { SpendCard } from './spend-card.js';

const noDecisions: readonly DecisionView[] = [];

/** Who got what, when, and why it changed. */
export function TrafficTab({ experiment }: TabProps) {
  const base = `v1/experiments/${encodeURIComponent(experiment.key)}`;
  const history = useEpochs(experiment);
  const log = useDecisions(experiment);
  const { data: report } = useResource<ReportView>(`${base}/results`, experiment.key);
  const now = useNow(60_000);
  const epochs = useMemo(() => history.data && [...history.data].reverse(), [history.data]);
  const decisions = log.data ?? noDecisions;
  const keys = experiment.variants.map(({ key }) => key);
  const hasBandit =
    experiment.allocation.mode === 'bandit' || epochs?.some(({ cause }) => cause === 'bandit') === true;
  if (!epochs) return <Reading what="the history" problem={history.problem} />;
  if (epochs.length === 0)
    return <p class="empty">No traffic yet: its history begins when the experiment starts.</p>;
  return (
    <>
      <h2 class="visually-hidden">Traffic</h2>
      <River experiment={experiment} epochs={epochs} decisions={decisions} now={now} />
      <div class="cards traffic-cards">
        {report && <SharesFigure report={report} />}
        <RolloutCard experiment={experiment} base={base} />
        <RampCard experiment={experiment} base={base} epochs={epochs} />
        <SpendCard experiment={experiment} base={base} />
      </div>
      {report && <LeafTable report={report} />}
      {hasBandit && <BanditFigure epochs={epochs} decisions={decisions} variants={keys} now={now} />}
    </>
  );
}
