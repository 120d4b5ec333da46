import type { PlotLine } from './domain.js';

/** Pixels that the labels of these lines take above the drawing. */
export function lineLabelsHeight(lines: readonly PlotLine[]): number {
  return labelled(lines).length * 15;
}

/** The axis names 0 already. */
function labelled(lines: readonly PlotLine[]): PlotLine[] {
  return lines.filter(({ kind }) => kind !== 'zero');
}

interface UprightProps {
  readonly lines: readonly PlotLine[];
  readonly x: (value: number) => number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** Upright lines through a drawing whose figures run from left to right; each label has a row of its own above. */
export function UprightLines({ lines, x, top, bottom, width }: UprightProps) {
  const labels = labelled(lines);
  return (
    <g>
      {lines.map((line) => {
        const at = x(line.at);
        const row = labels.indexOf(line);
        const toLeft = at > width / 2;
        return (
          <g key={`${line.kind} ${line.at}`}>
            <line class={`line-${line.kind}`} x1={at} x2={at} y1={row < 0 ? top : top - 2} y2={bottom} />
            {row >= 0 && (
              <text
                x={at}
                y={top - 5 - 15 * (labels.length - 1 - row)}
                text-anchor={toLeft ? 'end' : 'start'}
              >
                {line.label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

interface LevelProps {
  readonly lines: readonly PlotLine[];
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
}

/** Level lines through a drawing whose figures run from bottom to top. */
export function LevelLines({ lines, y, left, right }: LevelProps) {
  return (
    <g>
      {lines.map(({ at, label, kind }) => (
        <g key={`${kind} ${at}`}>
          <line class={`line-${kind}`} x1={left} x2={right} y1={y(at)} y2={y(at)} />
          {kind !== 'zero' && (
            <text class="halo" x={left + 4} y={y(at) - 4}>
              {label}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
