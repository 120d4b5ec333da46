import { useState } from 'preact/hooks';
import { useResource } from '../../api/resource.js';
import type { ReportView } from '../../api/contract.js';
import { EffectFigure } from '../report/effect-figure.js';
import { MetricPicker } from '../report/metric-picker.js';
import { useUnits } from '../report/metric-units.js';
import type { TabProps } from '../tab.js';
import { candidateOf, decidingMetrics } from '../verdict/deciding.js';
import { Reading } from '../../shell/reading.js';
import { BeliefFigure } from './belief-figure.js';
import { EvidenceHead } from './evidence-head.js';
import { HealthList } from './health-list.js';
import { Leaderboard } from './leaderboard.js';
import { RecommendationCard } from './recommendation-card.js';
import { VerdictStrip } from './verdict-strip.js';

/** Is it safe, is it better, is it cheaper: what to do, and why. */
export function OverviewTab({ experiment }: TabProps) {
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/results`;
  const { data: report, problem } = useResource<ReportView>(path, experiment.key);
  const units = useUnits(report);
  if (!report) return <Reading what="the results" problem={problem} />;
  const candidate = candidateOf(experiment, report);
  if (experiment.startedAt === null && report.health.exposed === 0)
    return (
      <p class="empty">It has not started. Start it, and the first figures come with the first units.</p>
    );
  return (
    <div class="report">
      {candidate !== null && (
        <VerdictStrip experiment={experiment} report={report} candidate={candidate} units={units} />
      )}
      <div class="report-columns">
        <RecommendationCard
          status={experiment.status}
          recommendation={report.recommendation}
          metrics={report.metrics.map(({ key }) => key)}
        />
        <HealthList report={report} />
      </div>
      <Deciding experiment={experiment} report={report} units={units} candidate={candidate} />
      <EvidenceHead experiment={experiment} report={report} />
    </div>
  );
}

interface DecidingProps extends TabProps {
  readonly report: ReportView;
  readonly units: ReadonlyMap<string, string | null>;
  readonly candidate: string | null;
}

/** The figures of a metric that decides; of several, the reader picks one. */
function Deciding({ experiment, report, units, candidate }: DecidingProps) {
  const metrics = decidingMetrics(report);
  const [picked, setPicked] = useState<string | null>(null);
  const metric = metrics.find(({ key }) => key === picked) ?? metrics[0];
  if (!metric) return <p class="empty">No primary metric is set, so nothing decides.</p>;
  const unit = units.get(metric.key) ?? null;
  return (
    <>
      {metrics.length > 1 && <MetricPicker metrics={metrics} chosen={metric.key} onPick={setPicked} />}
      <Leaderboard experiment={experiment} report={report} metric={metric} unit={unit} />
      <div class="report-columns">
        <EffectFigure experiment={experiment} report={report} metric={metric} unit={unit} />
        <BeliefFigure
          experiment={experiment}
          metric={metric}
          unit={unit}
          candidate={candidate ?? experiment.control}
        />
      </div>
    </>
  );
}
