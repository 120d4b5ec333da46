import type { Interval } from './domain.js';
import { variantStyle } from './variant-style.js';

/** A figure with its intervals: a line for the wide one, a bar for the narrow one, a dot for the figure. */
export interface IntervalFigure {
  /** Of the variant in the experiment. */
  readonly place: number;
  readonly value: number | null;
  readonly interval: Interval | null;
  /** An interval of another kind within or around it. */
  readonly inner?: Interval | null;
}

interface IntervalMarkProps extends IntervalFigure {
  readonly x: (value: number) => number;
  readonly y: number;
}

/** Drawn level; shapes differ by variant as colours do. */
export function IntervalMark({ place, value, interval, inner = null, x, y }: IntervalMarkProps) {
  const { name } = variantStyle(place);
  return (
    <g class={name}>
      {interval && (
        <path
          class="whisker"
          d={`M${x(interval[0])} ${y - 5}v10M${x(interval[0])} ${y}H${x(interval[1])}M${x(interval[1])} ${y - 5}v10`}
        />
      )}
      {inner && (
        <rect
          class="variant-band strong"
          x={x(inner[0])}
          y={y - 4}
          width={Math.max(1, x(inner[1]) - x(inner[0]))}
          height={8}
        />
      )}
      {value !== null && <VariantDot place={place} x={x(value)} y={y} />}
    </g>
  );
}

const shapes = [
  'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z',
  'M0 -6L6 0L0 6L-6 0Z',
  'M-5 -5H5V5H-5Z',
  'M0 -6L6 5H-6Z',
  'M0 6L6 -5H-6Z',
  'M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z',
  'M-6 -3H6V3H-6Z',
  'M-3 -6H3V6H-3Z',
];

/** A variant's own shape in its colour. */
export function VariantDot({ place, x, y }: { place: number; x: number; y: number }) {
  return (
    <path
      class={`variant-mark ${variantStyle(place).name}`}
      d={shapes[place % shapes.length]}
      transform={`translate(${x},${y})`}
    />
  );
}
