import { scaleLinear } from 'd3-scale';
import type { ReportView } from '../../api/contract.js';
import { BottomAxis } from '../../chart/axis.js';
import { clipped } from '../../chart/clipped.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { ticksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';
import { countOf, shareOf } from '../../format/number.js';
import { shareRows, shareSummary, type ShareRow } from './share-rows.js';

const rowHeight = 46;

const columns: readonly Column<ShareRow>[] = [
  { title: 'Variant', text: ({ variant }) => variant },
  { title: 'Units', text: ({ units }) => countOf(units), value: ({ units }) => units, numeric: true },
  { title: 'Share', text: ({ share }) => shareOf(share), value: ({ share }) => share, numeric: true },
  {
    title: 'Target',
    text: ({ expected }) => shareOf(expected),
    value: ({ expected }) => expected,
    numeric: true,
  },
];

/** How many units each variant has, beside how many its weights promised. */
export function SharesFigure({ report }: { report: ReportView }) {
  const rows = shareRows(report);
  const height = rows.length * rowHeight + 28;
  return (
    <Figure
      title="Units per variant"
      summary={shareSummary(report)}
      height={height}
      columns={columns}
      rows={rows}
      draw={(width) => <Shares rows={rows} width={width} bottom={height - 26} />}
    />
  );
}

function Shares({ rows, width, bottom }: { rows: readonly ShareRow[]; width: number; bottom: number }) {
  const most = Math.max(0.01, ...rows.flatMap(({ share, expected }) => [share ?? 0, expected]));
  const x = scaleLinear([0, most], [8, Math.max(40, width - 16)]).nice(5);
  return (
    <>
      <BottomAxis ticks={ticksOf(x, shareOf)} top={0} bottom={bottom} />
      {rows.map(({ variant, units, share, expected }, place) => {
        const y = place * rowHeight;
        const { name, texture } = variantStyle(place);
        return (
          <g key={variant} class={name}>
            <text x={8} y={y + 14} class="strong">
              {clipped(variant, Math.max(60, width - 200))}
              <tspan class="figure-note" dx="8">
                {countOf(units)} units, {shareOf(share)} for {shareOf(expected)}
              </tspan>
            </text>
            <rect
              x={x(0)}
              y={y + 20}
              width={Math.max(0, x(share ?? 0) - x(0))}
              height={16}
              fill={texture}
              class="river-band"
            />
            <line x1={x(expected)} x2={x(expected)} y1={y + 17} y2={y + 39} class="target" />
          </g>
        );
      })}
    </>
  );
}
