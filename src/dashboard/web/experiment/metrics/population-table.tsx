import { useResource } from '../../api/resource.js';
import type { ExperimentView, ReportView, TimeReportView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { DataTable } from '../../chart/data-table.js';
import { metricNameOf } from '../../format/metric.js';
import { countOf, differenceOf, pValueOf, rangeOf, shareOf } from '../../format/number.js';
import { eValueOf } from '../guardrails/verdict-words.js';
import type { Units } from '../verdict/gain-verdict.js';

export interface PopulationProps {
  readonly experiment: ExperimentView;
  readonly report: ReportView;
  readonly units: Units;
}

/** Who was compared: units against what was due, segments whose numbers do not fit, and units kept out. */
export function Population({ experiment, report, units }: PopulationProps) {
  const { srm, warnings } = report.health;
  const segments = warnings.filter(({ code }) => code === 'SEGMENT_RATIO_MISMATCH');
  return (
    <section class="card population" aria-labelledby="population">
      <h2 id="population">Who was compared</h2>
      <p>
        {srm.mismatch
          ? 'The numbers of units do not fit the weights, so nothing else here can be trusted.'
          : 'The numbers of units fit the weights.'}{' '}
        <span class="muted">
          Sample ratio: e-value {eValueOf(srm.eValue)}, at its greatest {eValueOf(srm.greatestEValue)} (broken
          from 1,000 on), p {pValueOf(srm.pValue)} at one look.
        </span>
      </p>
      <DataTable caption="Exposed units" columns={shareColumns} rows={report.variants} />
      <h3>Segments</h3>
      {segments.length === 0 ? (
        <p>
          No segment’s numbers stand out. Segments are checked for their numbers of units; differences within
          them are not compared.
        </p>
      ) : (
        <ul class="sentences">
          {segments.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      <Holdback experiment={experiment} units={units} />
    </section>
  );
}

type Share = ReportView['variants'][number];

const shareColumns: readonly Column<Share>[] = [
  { title: 'Variant', text: ({ key }) => key },
  { title: 'Units', text: (row) => countOf(row.units), numeric: true },
  { title: 'Share', text: ({ share }) => shareOf(share), numeric: true },
  { title: 'Due', text: ({ expected }) => shareOf(expected), numeric: true },
];

type HoldbackRow = TimeReportView['holdback'][number];

function Holdback({ experiment, units }: Omit<PopulationProps, 'report'>) {
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/results/time`;
  const { data } = useResource<TimeReportView>(path, experiment.key);
  const rows = data?.holdback ?? [];
  if (rows.length === 0) return null;
  const unitOf = ({ metric }: HoldbackRow) => units.get(metric) ?? null;
  const columns: readonly Column<HoldbackRow>[] = [
    { title: 'Metric', text: ({ metric }) => metricNameOf(metric) },
    { title: 'Variant', text: ({ variant }) => (variant === '$everyone' ? 'all together' : variant) },
    { title: 'When', text: ({ phase }) => (phase === 0 ? 'test' : `rollout stage ${phase}`) },
    { title: 'Units held back, and not', text: (row) => row.units.map(countOf).join(', '), numeric: true },
    { title: 'Difference', text: (row) => differenceOf(row.difference, unitOf(row)), numeric: true },
    {
      title: 'Interval, repeated looks',
      text: (row) =>
        row.interval ? rangeOf(row.interval, (end) => differenceOf(end, unitOf(row))) : (row.reason ?? '–'),
      numeric: true,
    },
  ];
  return (
    <>
      <h3>Against the units kept on the configuration of before</h3>
      <DataTable caption="Holdback" columns={columns} rows={rows} />
    </>
  );
}
