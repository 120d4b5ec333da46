import { scaleLinear } from 'd3-scale';
import { BottomAxis } from './axis.js';
import { domainOf, type PlotLine } from './domain.js';
import { IntervalMark, type IntervalFigure } from './interval-mark.js';
import { lineLabelsHeight, UprightLines } from './plot-line.js';
import { shortened } from './shortened.js';
import { ticksOf, type Tick } from './ticks.js';

/** A figure among others of its kind, with words beside it. */
export interface IntervalRow extends IntervalFigure {
  readonly name: string;
  /** Said beside the name, such as that it has won. */
  readonly mark?: string | null;
  /** One for each title of the plot. */
  readonly cells: readonly string[];
}

export interface IntervalPlotOptions {
  readonly rows: readonly IntervalRow[];
  /** Of the words beside each row. */
  readonly titles: readonly string[];
  readonly lines: readonly PlotLine[];
  readonly print: (value: number) => string;
}

const cellWidth = 124;
const rowHeight = 46;
const cellHeight = 17;
const axisHeight = 24;
const edge = 10;

/** Words stand right of the bars where there is room, else below each. */
function isWide({ titles }: IntervalPlotOptions, width: number): boolean {
  return width >= 320 + titles.length * cellWidth;
}

/** Pixels that the longest title with its words takes. */
function longestCell({ rows, titles }: IntervalPlotOptions): number {
  const lengths = rows.flatMap(({ cells }) => cells.map((cell, place) => `${titles[place]} ${cell}`.length));
  return 7 * Math.max(1, ...lengths) + 8;
}

function layoutOf(options: IntervalPlotOptions, width: number) {
  const wide = isWide(options, width);
  const perLine = Math.max(1, Math.floor(width / longestCell(options)));
  const below = wide ? 0 : Math.ceil(options.titles.length / perLine) * cellHeight;
  const top = Math.max(lineLabelsHeight(options.lines), wide && options.titles.length > 0 ? 18 : 0) + 4;
  const each = rowHeight + below;
  const bottom = top + each * options.rows.length;
  const bars = wide ? width - options.titles.length * cellWidth : width;
  return { wide, perLine, top, each, bottom, bars };
}

/** How high the plot is at a width. */
export function intervalPlotHeight(options: IntervalPlotOptions, width: number): number {
  return layoutOf(options, width).bottom + axisHeight;
}

/** Figures with their intervals on one scale, one below the other: made for a `<Figure>`'s `draw`. */
export function IntervalPlot({ options, width }: { options: IntervalPlotOptions; width: number }) {
  const { rows, lines, print } = options;
  const { wide, top, each, bottom, bars } = layoutOf(options, width);
  const values = rows.flatMap(({ value, interval, inner }) => [value, ...(interval ?? []), ...(inner ?? [])]);
  const x = scaleLinear(domainOf([...values, ...lines.map(({ at }) => at)]), [edge, bars - edge]);
  const ticks = ticksOf(x, print).filter(({ at }) => at > 24 && at < bars - 24);
  return (
    <g>
      <BottomAxis ticks={ticks} top={wide ? top : bottom} bottom={bottom} />
      <UprightLines lines={lines} x={x} top={top} bottom={wide ? bottom : top} width={bars} />
      <Titles options={options} width={width} />
      {rows.map((row, place) => (
        <g key={row.name} transform={`translate(0,${top + place * each})`}>
          {!wide && <RowLines ticks={ticks} lines={lines} x={x} />}
          <text class="strong halo" x={edge} y={15}>
            {shortened(row.name, bars)}
            {row.mark && <tspan class="winner-text">{`  ★ ${row.mark}`}</tspan>}
          </text>
          <IntervalMark {...row} x={x} y={31} />
          <Cells row={row} options={options} width={width} />
        </g>
      ))}
    </g>
  );
}

/** Where words stand below the bars, the lines are drawn behind each bar alone. */
function RowLines({
  ticks,
  lines,
  x,
}: {
  ticks: readonly Tick[];
  lines: readonly PlotLine[];
  x: (value: number) => number;
}) {
  return (
    <g>
      {ticks.map(({ at }) => (
        <line key={at} class="grid" x1={at} x2={at} y1={20} y2={42} />
      ))}
      {lines.map(({ at, kind }) => (
        <line key={at} class={`line-${kind}`} x1={x(at)} x2={x(at)} y1={18} y2={44} />
      ))}
    </g>
  );
}

function Titles({ options, width }: { options: IntervalPlotOptions; width: number }) {
  const { wide, top, bars } = layoutOf(options, width);
  if (!wide) return null;
  return (
    <g>
      {options.titles.map((title, place) => (
        <text key={title} x={bars + (place + 1) * cellWidth - 4} y={top - 6} text-anchor="end">
          {title}
        </text>
      ))}
    </g>
  );
}

function Cells({ row, options, width }: { row: IntervalRow; options: IntervalPlotOptions; width: number }) {
  const { wide, perLine, bars } = layoutOf(options, width);
  if (wide)
    return (
      <g>
        {row.cells.map((cell, place) => (
          <text
            key={place}
            class="figure-text"
            x={bars + (place + 1) * cellWidth - 4}
            y={35}
            text-anchor="end"
          >
            {cell}
          </text>
        ))}
      </g>
    );
  return (
    <g>
      {row.cells.map((cell, place) => (
        <text
          key={place}
          class="halo"
          x={edge + (place % perLine) * (width / perLine)}
          y={rowHeight + 9 + Math.floor(place / perLine) * cellHeight}
        >
          {`${options.titles[place] ?? ''} `}
          <tspan class="figure-text">{cell}</tspan>
        </text>
      ))}
    </g>
  );
}
