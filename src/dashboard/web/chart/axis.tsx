import type { Tick } from './ticks.js';

export type { Tick };

/** Numbers below the drawing, with a faint line through it. */
export function BottomAxis({ ticks, top, bottom, title }: AxisProps) {
  return (
    <g class="axis" aria-hidden="true">
      {ticks.map(({ at, label }) => (
        <g key={at} transform={`translate(${at},0)`}>
          <line y1={top} y2={bottom} class="grid" />
          <text y={bottom + 16} text-anchor="middle">
            {label}
          </text>
        </g>
      ))}
      {title && (
        <text class="axis-title" x={ticks.at(-1)?.at ?? 0} y={bottom + 32} text-anchor="end">
          {title}
        </text>
      )}
    </g>
  );
}

/** Numbers left of the drawing, with a faint line through it. */
export function LeftAxis({ ticks, left, right }: { ticks: readonly Tick[]; left: number; right: number }) {
  return (
    <g class="axis" aria-hidden="true">
      {ticks.map(({ at, label }) => (
        <g key={at} transform={`translate(0,${at})`}>
          <line x1={left} x2={right} class="grid" />
          <text x={left - 6} dy="0.32em" text-anchor="end">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

interface AxisProps {
  readonly ticks: readonly Tick[];
  readonly top: number;
  readonly bottom: number;
  readonly title?: string;
}
