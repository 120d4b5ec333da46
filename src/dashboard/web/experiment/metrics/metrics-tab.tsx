import { useResource } from '../../api/resource.js';
import type { ReportView } from '../../api/contract.js';
import { metricNameOf } from '../../format/metric.js';
import { hrefOf, navigate, useRoute } from '../../shell/router.js';
import { EffectFigure } from '../report/effect-figure.js';
import { MetricPicker } from '../report/metric-picker.js';
import { useUnits } from '../report/metric-units.js';
import type { TabProps } from '../tab.js';
import type { Units } from '../verdict/gain-verdict.js';
import { intervalSentence } from '../verdict/shown-interval.js';
import { Reading } from '../../shell/reading.js';
import { categoryGroups, categoryNotes, categoryWords, type CategoryGroup } from './categories.js';
import { MetricCard } from './metric-card.js';
import { Population } from './population-table.js';
import { TimeFigures } from './time-figures.js';
import { TradeFigure } from './trade-figure.js';

/** Every metric with its comparison and spread, how they move with time, and what they trade off. */
export function MetricsTab({ experiment }: TabProps) {
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/results`;
  const { data: report, problem } = useResource<ReportView>(path, experiment.key);
  const units = useUnits(report);
  if (!report) return <Reading what="the metrics" problem={problem} />;
  if (report.health.exposed === 0)
    return <p class="empty">No unit has met a variant yet. Figures come with the first units.</p>;
  return (
    <div class="report">
      <p class="muted small">
        {intervalSentence(experiment.source, experiment.plan.alpha)}{' '}
        {experiment.source === 'live' && 'The bar within each is the interval of one look, for comparison. '}p
        is the chance of a difference this large if there were none; adjusted means for the number of
        comparisons.
      </p>
      {categoryGroups(report.metrics).map((group) => (
        <Category key={group.category} group={group} experiment={experiment} units={units} />
      ))}
      <h2>What is traded for what</h2>
      <TradeFigure experiment={experiment} report={report} units={units} />
      <OverTime experiment={experiment} report={report} units={units} />
      <Population experiment={experiment} report={report} units={units} />
    </div>
  );
}

interface CategoryProps extends TabProps {
  readonly group: CategoryGroup;
  readonly units: Units;
}

function Category({ group: { category, measured, silent }, experiment, units }: CategoryProps) {
  return (
    <section class="report" aria-labelledby={`category-${category}`}>
      <h2 id={`category-${category}`}>{categoryWords[category]}</h2>
      {categoryNotes[category] && <p class="muted small">{categoryNotes[category]}</p>}
      {measured.length > 0 && (
        <div class="report-columns">
          {measured.map((metric) => (
            <MetricCard
              key={metric.key}
              experiment={experiment}
              metric={metric}
              unit={units.get(metric.key) ?? null}
            />
          ))}
        </div>
      )}
      {silent.length > 0 && (
        <p class="muted">
          Nothing was recorded yet for {silent.map(({ key }) => metricNameOf(key)).join(', ')}.
        </p>
      )}
    </section>
  );
}

interface OverTimeProps extends TabProps {
  readonly report: ReportView;
  readonly units: Units;
}

/** The metric that is looked at is part of the address, so that it can be shared. */
function OverTime({ experiment, report, units }: OverTimeProps) {
  const wanted = useRoute().query.get('metric');
  const metric = report.metrics.find(({ key }) => key === wanted) ?? report.metrics[0];
  if (!metric) return null;
  const unit = units.get(metric.key) ?? null;
  const pick = (key: string) =>
    navigate(hrefOf(['experiments', experiment.key, 'metrics'], { metric: key }), { replace: true });
  return (
    <section class="report" aria-labelledby="over-time">
      <h2 id="over-time">Over time</h2>
      <MetricPicker metrics={report.metrics} chosen={metric.key} onPick={pick} />
      <div class="report-columns">
        <EffectFigure experiment={experiment} report={report} metric={metric} unit={unit} />
        <TimeFigures experiment={experiment} metric={metric} unit={unit} />
      </div>
    </section>
  );
}
