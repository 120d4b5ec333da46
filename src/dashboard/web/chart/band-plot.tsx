import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { useId } from 'preact/hooks';
import { BottomAxis, LeftAxis } from './axis.js';
import { bandDomain, type BandPoint, type PlotLine } from './domain.js';
import { LevelLines } from './plot-line.js';
import { ticksOf, timeScaleOf, timeTicksOf } from './ticks.js';
import { VariantDot } from './interval-mark.js';
import { variantStyle } from './variant-style.js';

/** What one variant did over time. */
export interface BandSeries {
  readonly key: string;
  readonly place: number;
  readonly points: readonly BandPoint[];
}

/** Something that happened, as an upright line. */
export interface TimeMark {
  readonly at: number;
  readonly label: string;
}

export interface BandPlotProps {
  readonly series: readonly BandSeries[];
  readonly lines: readonly PlotLine[];
  readonly marks: readonly TimeMark[];
  readonly print: (value: number) => string;
  readonly width: number;
  readonly height: number;
}

const left = 64;
const top = 14;
const below = 24;

/** Figures over time with their intervals: made for a `<Figure>`'s `draw`. */
export function BandPlot({ series, lines, marks, print, width, height }: BandPlotProps) {
  const clip = `band-${useId()}`;
  const bottom = height - below;
  const right = width - 12;
  const instants = [...series.flatMap(({ points }) => points), ...marks].map(({ at }) => at);
  const x = timeScaleOf(instants.length > 0 ? instants : [0], [left + 8, right - 8]);
  const domain = bandDomain(
    series.map(({ points }) => points),
    lines.map(({ at }) => at),
  );
  const y = scaleLinear(domain, [bottom, top]);
  return (
    <g>
      <clipPath id={clip}>
        <rect x={left} y={top} width={Math.max(0, right - left)} height={bottom - top} />
      </clipPath>
      <LeftAxis ticks={ticksOf(y, print, 44)} left={left} right={right} />
      <BottomAxis ticks={timeTicksOf(x)} top={bottom} bottom={bottom} />
      <g clip-path={`url(#${clip})`}>
        {marks.map(({ at, label }, place) => (
          <line key={place} class="weight-change" x1={x(at)} x2={x(at)} y1={top} y2={bottom}>
            <title>{label}</title>
          </line>
        ))}
        {series.map((each) => (
          <Band key={each.key} series={each} x={x} y={y} />
        ))}
      </g>
      <LevelLines lines={lines} y={y} left={left} right={right} />
    </g>
  );
}

interface BandProps {
  readonly series: BandSeries;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

function Band({ series: { place, points }, x, y }: BandProps) {
  const { name, dash } = variantStyle(place);
  const band = area<BandPoint>()
    .defined(({ interval }) => interval !== null)
    .x(({ at }) => x(at))
    .y0(({ interval }) => y(interval?.[0] ?? 0))
    .y1(({ interval }) => y(interval?.[1] ?? 0));
  const middle = line<BandPoint>()
    .defined(({ value }) => value !== null)
    .x(({ at }) => x(at))
    .y(({ value }) => y(value ?? 0));
  const last = points.findLast(({ value }) => value !== null);
  return (
    <g class={name}>
      <path class="variant-band" d={band(points) ?? ''} />
      <path class="variant-line" d={middle(points) ?? ''} stroke-dasharray={dash} />
      {last?.interval && (
        <path class="whisker" d={`M${x(last.at)} ${y(last.interval[0])}V${y(last.interval[1])}`} />
      )}
      {last && <VariantDot place={place} x={x(last.at)} y={y(last.value ?? 0)} />}
    </g>
  );
}
