import { scaleLinear } from 'd3-scale';
import type { VariantMetricView } from '../../api/contract.js';
import { BottomAxis } from '../../chart/axis.js';
import { domainOf } from '../../chart/domain.js';
import { shortened } from '../../chart/shortened.js';
import { ticksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';

/** One variant's events by size. */
export interface QuartileRow {
  readonly place: number;
  readonly variant: Pick<VariantMetricView, 'key' | 'p25' | 'p50' | 'p75' | 'p95'>;
}

const each = 40;
const top = 24;

export function quartilePlotHeight(rows: readonly QuartileRow[]): number {
  return rows.length === 0 ? 0 : top + rows.length * each + 24;
}

interface QuartilePlotProps {
  readonly rows: readonly QuartileRow[];
  readonly print: (value: number) => string;
  readonly width: number;
}

/** Half of the events lie in the box, the line in it halves them, and 95 % lie left of the whisker's end. */
export function QuartilePlot({ rows, print, width }: QuartilePlotProps) {
  if (rows.length === 0) return null;
  const bottom = top + rows.length * each;
  const values = rows.flatMap(({ variant }) => [variant.p25, variant.p50, variant.p75, variant.p95]);
  const x = scaleLinear(domainOf(values), [10, width - 10]);
  return (
    <g>
      <text x={10} y={13}>
        {width < 360 ? 'Single events' : 'Single events: middle half, median, 95th percentile'}
      </text>
      <BottomAxis
        ticks={ticksOf(x, print).filter(({ at }) => at > 24 && at < width - 24)}
        top={top}
        bottom={bottom}
      />
      {rows.map(({ place, variant }, row) => (
        <Box
          key={variant.key}
          label={shortened(variant.key, width)}
          place={place}
          variant={variant}
          x={x}
          y={top + row * each}
        />
      ))}
    </g>
  );
}

interface BoxProps extends QuartileRow {
  readonly label: string;
  readonly x: (value: number) => number;
  readonly y: number;
}

function Box({ place, label, variant: { p25, p50, p75, p95 }, x, y }: BoxProps) {
  const { name, texture } = variantStyle(place);
  return (
    <g class={name} transform={`translate(0,${y})`}>
      <text class="halo" x={10} y={13}>
        {label}
      </text>
      {p75 !== null && p95 !== null && <path class="whisker" d={`M${x(p75)} 25H${x(p95)}M${x(p95)} 20v10`} />}
      {p25 !== null && p75 !== null && (
        <rect
          class="quartiles"
          x={x(p25)}
          y={19}
          width={Math.max(2, x(p75) - x(p25))}
          height={12}
          fill={texture}
        />
      )}
      {p50 !== null && <path class="median" d={`M${x(p50)} 17v16`} />}
    </g>
  );
}
