import type { ReportView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { DataTable } from '../../chart/data-table.js';
import { chanceOf, countOf, shareOf } from '../../format/number.js';
import { visible } from '../../format/visible.js';
import { leafRows, leafSummary, segmentWords, type LeafShareRow } from './leaf-rows.js';

const columns: readonly Column<LeafShareRow>[] = [
  { title: 'Segment', text: ({ segment }) => segment },
  { title: 'Variant', text: ({ variant, isLeader }) => (isLeader ? `${variant} (leads)` : variant) },
  { title: 'Units', text: ({ units }) => countOf(units), numeric: true },
  { title: 'Weight', text: ({ weight }) => shareOf(weight), numeric: true },
  {
    title: 'Chance to be best',
    text: ({ probabilityBest }) => (probabilityBest === null ? '–' : chanceOf(probabilityBest)),
    numeric: true,
  },
];

/** Who is served what where a bandit parts its units, and which segments wait. */
export function LeafTable({ report }: { readonly report: ReportView }) {
  const { leaves, variants } = report;
  if (!leaves) return null;
  const keys = variants.map(({ key }) => key);
  return (
    <section class="card">
      <h3>Segments</h3>
      <p>{visible(leafSummary(leaves))}</p>
      <DataTable caption="Leaves" columns={columns} rows={leafRows(leaves, keys)} />
      {leaves.waiting.length > 0 && (
        <ul class="sentences">
          {leaves.waiting.map(({ segment, reason }) => (
            <li key={segment}>{visible(`${segmentWords(segment)}: ${reason}`)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
