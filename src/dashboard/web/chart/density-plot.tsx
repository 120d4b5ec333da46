import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { BottomAxis } from './axis.js';
import { densityPoints, type CurvePoint } from './density.js';
import { domainOf } from './domain.js';
import { VariantDot } from './interval-mark.js';
import { ticksOf } from './ticks.js';
import { variantStyle } from './variant-style.js';

/** What is believed of a variant's figure: a normal curve. */
export interface Belief {
  readonly key: string;
  readonly place: number;
  readonly mean: number;
  readonly deviation: number;
}

export interface DensityPlotProps {
  readonly beliefs: readonly Belief[];
  readonly print: (value: number) => string;
  readonly width: number;
  readonly height: number;
}

const below = 24;
const top = 8;

/** Normal curves over one another, so that where they overlap both textures are seen. */
export function DensityPlot({ beliefs, print, width, height }: DensityPlotProps) {
  const bottom = height - below;
  const curves = beliefs.map(({ mean, deviation }) => densityPoints(mean, deviation));
  const x = scaleLinear(
    domainOf(
      curves.flatMap((points) => points.map((point) => point.x)),
      0.02,
    ),
    [4, width - 4],
  );
  const highest = Math.max(...curves.flatMap((points) => points.map((point) => point.y)));
  const y = scaleLinear([0, highest], [bottom, top]);
  const ticks = ticksOf(x, print).filter(({ at }) => at > 24 && at < width - 24);
  return (
    <g>
      <BottomAxis ticks={ticks} top={top} bottom={bottom} />
      {beliefs.map((belief, place) => (
        <Curve key={belief.key} belief={belief} points={curves[place] ?? []} x={x} y={y} />
      ))}
    </g>
  );
}

interface CurveProps {
  readonly belief: Belief;
  readonly points: readonly CurvePoint[];
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function Curve({ belief: { place, mean }, points, x, y }: CurveProps) {
  const { name, dash, texture } = variantStyle(place);
  const shape = area<CurvePoint>()
    .x((point) => x(point.x))
    .y0(y(0))
    .y1((point) => y(point.y));
  const outline = line<CurvePoint>()
    .x((point) => x(point.x))
    .y((point) => y(point.y));
  return (
    <g class={name}>
      <path class="density" d={shape(points) ?? ''} fill={texture} />
      <path class="variant-line" d={outline(points) ?? ''} stroke-dasharray={dash} />
      <VariantDot place={place} x={x(mean)} y={y(0)} />
    </g>
  );
}
