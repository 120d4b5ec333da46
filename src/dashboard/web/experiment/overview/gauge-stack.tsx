import { scaleLinear } from 'd3-scale';
import { domainOf } from '../../chart/domain.js';
import { IntervalMark } from '../../chart/interval-mark.js';
import { differenceOf, valueOf } from '../../format/number.js';
import type { Gauge } from '../verdict/verdict.js';

const edge = 12;

/** Each gauge has a scale of its own: its name, its bar, and what its lines are. */
function heightOf({ lines }: Gauge): number {
  return 48 + (lines.some(({ kind }) => kind !== 'zero') ? 16 : 0);
}

function drawn(gauges: readonly Gauge[]): Gauge[] {
  return gauges.filter(({ value }) => value !== null);
}

/** How high gauges are one below the other. */
export function gaugeHeight(gauges: readonly Gauge[]): number {
  return drawn(gauges).reduce((sum, gauge) => sum + heightOf(gauge), 0);
}

interface GaugeStackProps {
  readonly gauges: readonly Gauge[];
  readonly place: number;
  readonly width: number;
}

/** Figures with their intervals, each against its own lines. */
export function GaugeStack({ gauges, place, width }: GaugeStackProps) {
  const shown = drawn(gauges);
  return (
    <g>
      {shown.map((gauge, row) => (
        <g
          key={gauge.name}
          transform={`translate(0,${shown.slice(0, row).reduce((sum, each) => sum + heightOf(each), 0)})`}
        >
          <GaugeBar gauge={gauge} place={place} width={width} />
        </g>
      ))}
    </g>
  );
}

function GaugeBar({ gauge, place, width }: { gauge: Gauge; place: number; width: number }) {
  const { name, value, interval, lines, unit, of } = gauge;
  const x = scaleLinear(domainOf([value, ...(interval ?? []), ...lines.map(({ at }) => at)], 0.1), [
    edge,
    width - edge,
  ]);
  const print = of === 'difference' ? differenceOf : valueOf;
  return (
    <g>
      <text x={0} y={13}>
        {name}
      </text>
      <text class="strong" x={width} y={13} text-anchor="end">
        {print(value, unit)}
      </text>
      <line class="grid" x1={0} x2={width} y1={32} y2={32} />
      {lines.map((line) => (
        <g key={line.label}>
          <line class={`line-${line.kind}`} x1={x(line.at)} x2={x(line.at)} y1={20} y2={44} />
          {line.kind !== 'zero' && (
            <text x={x(line.at)} y={57} text-anchor={x(line.at) > width / 2 ? 'end' : 'start'}>
              {line.label}
            </text>
          )}
        </g>
      ))}
      <IntervalMark place={place} value={value} interval={interval} x={x} y={32} />
    </g>
  );
}
