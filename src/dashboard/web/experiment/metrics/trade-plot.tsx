import { scaleLinear, scaleSqrt } from 'd3-scale';
import { BottomAxis, LeftAxis } from '../../chart/axis.js';
import { domainOf } from '../../chart/domain.js';
import { VariantDot } from '../../chart/interval-mark.js';
import { shortened } from '../../chart/shortened.js';
import { ticksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';
import type { Measured, TradePoint } from './dominance.js';

export interface TradePlotProps {
  readonly points: readonly (TradePoint & { readonly place: number })[];
  readonly printCost: (value: number) => string;
  readonly printQuality: (value: number) => string;
  readonly printLatency: (value: number) => string;
  readonly width: number;
  readonly height: number;
}

const left = 56;
const top = 20;

function ends({ value, interval }: Measured): readonly number[] {
  return [value, ...(interval ?? [])];
}

/** Cost from left to right, quality from bottom to top, latency as the ring's area; crosses are the intervals. */
export function TradePlot({ points, printCost, printQuality, printLatency, width, height }: TradePlotProps) {
  const bottom = height - 42;
  const right = width - 12;
  const x = scaleLinear(
    domainOf(
      points.flatMap(({ cost }) => ends(cost)),
      0.15,
    ),
    [left, right],
  );
  const y = scaleLinear(
    domainOf(
      points.flatMap(({ quality }) => ends(quality)),
      0.2,
    ),
    [bottom, top],
  );
  const slowest = Math.max(1e-9, ...points.map(({ latency }) => latency?.value ?? 0));
  const radius = scaleSqrt([0, slowest], [0, 22]);
  const ticks = ticksOf(x, printCost).filter(({ at }) => at < right - 24);
  return (
    <g>
      <LeftAxis ticks={ticksOf(y, printQuality, 44)} left={left} right={right} />
      <BottomAxis ticks={ticks} top={top} bottom={bottom} />
      <text x={right} y={height - 4} text-anchor="end">
        cost →
      </text>
      <text x={left} y={12}>
        ↑ quality
      </text>
      {points.map((point) => (
        <Cross
          key={point.key}
          point={point}
          x={x}
          y={y}
          radius={point.latency ? radius(point.latency.value) : 0}
          note={point.latency ? printLatency(point.latency.value) : null}
          room={(right - left) / 3}
          toLeft={x(point.cost.value) > (left + right) / 2}
        />
      ))}
    </g>
  );
}

interface CrossProps {
  readonly point: TradePoint & { readonly place: number };
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly radius: number;
  readonly note: string | null;
  readonly toLeft: boolean;
  /** Pixels for the name. */
  readonly room: number;
}

function Cross({
  point: { key, place, cost, quality, dominatedBy },
  x,
  y,
  radius,
  note,
  toLeft,
  room,
}: CrossProps) {
  const [at, level] = [x(cost.value), y(quality.value)];
  const side = toLeft ? -1 : 1;
  return (
    <g class={variantStyle(place).name}>
      {radius > 0 && <circle class="ring" cx={at} cy={level} r={radius} />}
      {cost.interval && (
        <path class="whisker" d={`M${x(cost.interval[0])} ${level}H${x(cost.interval[1])}`} />
      )}
      {quality.interval && (
        <path class="whisker" d={`M${at} ${y(quality.interval[0])}V${y(quality.interval[1])}`} />
      )}
      <VariantDot place={place} x={at} y={level} />
      <text
        class="strong halo"
        x={at + side * (radius + 4)}
        y={level - 8}
        text-anchor={toLeft ? 'end' : 'start'}
      >
        {shortened(key, room)}
        {note && ` · ${note}`}
      </text>
      {dominatedBy && (
        <text class="halo" x={at + side * (radius + 4)} y={level + 18} text-anchor={toLeft ? 'end' : 'start'}>
          dominated
        </text>
      )}
    </g>
  );
}
