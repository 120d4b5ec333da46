import { Figure } from '../../chart/figure.js';
import { useResource } from '../../api/resource.js';
import type { ExperimentView, ReportView, VerdictView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { differenceOf, rangeOf, valueOf } from '../../format/number.js';
import { costVerdict } from '../verdict/cost-verdict.js';
import { decidingMetrics } from '../verdict/deciding.js';
import { gainVerdict, type Units } from '../verdict/gain-verdict.js';
import { adviceIn } from '../verdict/next-step.js';
import { safetyVerdict } from '../verdict/safety-verdict.js';
import { intervalSentence, missedBy } from '../verdict/shown-interval.js';
import type { Gauge, Standing, Verdict } from '../verdict/verdict.js';
import { GaugeStack, gaugeHeight } from './gauge-stack.js';

export interface VerdictStripProps {
  readonly experiment: ExperimentView;
  readonly report: ReportView;
  readonly candidate: string;
  readonly units: Units;
}

/** Is it safe, is it better, is it cheaper: three answers, each with its interval against its line. */
export function VerdictStrip({ experiment, report, candidate, units }: VerdictStripProps) {
  const place = experiment.variants.findIndex(({ key }) => key === candidate);
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/guardrails`;
  const { data: watch } = useResource<{ verdicts: readonly VerdictView[] }>(path, experiment.key);
  const breached = (watch?.verdicts ?? []).flatMap(({ variant, status, metric }) =>
    variant === candidate && status === 'breached' ? metric : [],
  );
  const verdicts = [
    safetyVerdict(experiment, report, candidate, units, breached),
    gainVerdict(experiment, decidingMetrics(report), candidate, units),
    costVerdict(experiment, report, candidate, units),
  ];
  return (
    <section aria-labelledby="verdicts" class="strip">
      <h2 id="verdicts">
        {candidate} against {experiment.control}:{' '}
        <span class="strip-advice">{adviceIn(experiment.status, report.recommendation).headline}</span>
      </h2>
      <div class="strip-cards">
        {verdicts.map((verdict) => (
          <VerdictCard key={verdict.question} verdict={verdict} place={place} />
        ))}
      </div>
      <p class="muted small">
        {intervalSentence(experiment.source, experiment.plan.alpha)} Those of guardrails without a comparison
        are of one look; what acts on them while it runs is watched apart, under Guardrails.
      </p>
      <MissNote gauges={verdicts.flatMap(({ gauges }) => gauges)} />
    </section>
  );
}

/** Says why an interval can lie beside the figure it belongs to, where one does. */
function MissNote({ gauges }: Pick<Verdict, 'gauges'>) {
  const missed = missedBy(gauges);
  if (missed.length === 0) return null;
  return (
    <p class="note">
      The interval of {missed.join(' and ')} does not hold today’s own difference. It keeps what any look so
      far ruled out, so the effect has moved since: it grows or fades with time, or other users came. Metrics
      shows how it moved; take neither figure for what will stay.
    </p>
  );
}

const signs: Readonly<Record<Standing, string>> = {
  good: '✓',
  bad: '✕',
  warn: '!',
  even: '=',
  open: '?',
  unknown: '–',
};

function VerdictCard({ verdict, place }: { verdict: Verdict; place: number }) {
  const { question, standing, answer, sentences, gauges } = verdict;
  return (
    <div class={`strip-card strip-${standing}`}>
      <p class="strip-answer">
        <span class="strip-sign" aria-hidden="true">
          {signs[standing]}
        </span>
        {answer}
      </p>
      <Figure
        title={question}
        summary={sentences.join(' ')}
        height={gaugeHeight(gauges)}
        columns={columns}
        rows={gauges}
        draw={(width) => <GaugeStack gauges={gauges} place={place} width={width} />}
      />
    </div>
  );
}

function printed({ of, unit }: Gauge): (value: number) => string {
  return (value) => (of === 'difference' ? differenceOf(value, unit) : valueOf(value, unit));
}

const columns: readonly Column<Gauge>[] = [
  { title: 'Measured', text: ({ name, of }) => (of === 'difference' ? `${name}, difference` : name) },
  {
    title: 'Figure',
    text: (gauge) => (gauge.value === null ? '–' : printed(gauge)(gauge.value)),
    value: ({ value }) => value,
    numeric: true,
  },
  {
    title: 'Interval',
    text: (gauge) => rangeOf(gauge.interval, printed(gauge)),
    bounds: ({ interval }) => interval,
    numeric: true,
  },
  { title: 'Held against', text: ({ lines }) => lines.map(({ label }) => label).join('; ') },
  { title: 'In words', text: ({ sentence }) => sentence },
];
