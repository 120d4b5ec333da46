import { scaleTime } from 'd3-scale';
import { area, curveStepAfter, stack } from 'd3-shape';
import { useMemo } from 'preact/hooks';
import { BottomAxis, LeftAxis } from '../../chart/axis.js';
import { timeTicksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';
import { shareOf } from '../../format/number.js';
import { thinSteps } from './downsample.js';
import { MarkShape } from './mark-shape.js';
import type { Mark } from './marks.js';
import { presentRuns, type BandEdge } from './band-runs.js';
import type { RiverStep } from './river-layout.js';

/** Where things are in the drawing of a river. */
export interface RiverFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly from: number;
  readonly until: number;
}

/** @param height of the whole drawing */
export function riverFrame(steps: readonly RiverStep[], width: number, height: number): RiverFrame {
  const [from, until] = [steps[0]?.at ?? 0, steps.at(-1)?.until ?? 1];
  return { left: 44, right: Math.max(60, width - 8), top: 30, bottom: height - 26, from, until };
}

/** Pixels along the axis at which an instant lies. */
export function xOf({ left, right, from, until }: RiverFrame, at: number): number {
  return until > from ? left + ((at - from) / (until - from)) * (right - left) : left;
}

interface RiverDrawingProps {
  readonly frame: RiverFrame;
  readonly steps: readonly RiverStep[];
  readonly bands: readonly string[];
  /** How many of the bands are variants. */
  readonly variants: number;
  readonly marks: readonly Mark[];
}

/** The bands, one upon the other, with a mark above them at every change. */
export function RiverDrawing({ frame, steps, bands, variants, marks }: RiverDrawingProps) {
  const { left, right, top, bottom, from, until } = frame;
  const paths = useMemo(() => bandPaths(frame, steps, bands.length), [steps, left, right, top, bottom]);
  const time = scaleTime([from, until], [left, right]);
  return (
    <>
      <LeftAxis
        left={left}
        right={right}
        ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => ({
          at: bottom - share * (bottom - top),
          label: shareOf(share),
        }))}
      />
      {paths.map((path, band) =>
        band < variants ? (
          <g key={bands[band]} class={variantStyle(band).name}>
            <path d={path} class="river-band" fill={variantStyle(band).texture} />
          </g>
        ) : (
          <path key={bands[band]} d={path} class={bands[band] === 'fallback' ? 'river-rest' : 'river-held'} />
        ),
      )}
      <BottomAxis ticks={timeTicksOf(time)} top={bottom} bottom={bottom} />
      {marks.map((mark) => (
        <g key={mark.x} transform={`translate(${mark.x},0)`}>
          {(mark.count === 1 || mark.kind === 'guardrail') && (
            <line y1={18} y2={bottom} class="river-change" />
          )}
          <MarkShape kind={mark.kind} y={16} />
          {mark.count > 1 && (
            <text y={8} text-anchor="middle" class="river-count">
              {mark.count > 999 ? '999+' : mark.count}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function bandPaths(frame: RiverFrame, steps: readonly RiverStep[], bands: number): string[] {
  const layers = stack<RiverStep, number>()
    .keys(Array.from({ length: bands }, (_, band) => band))
    .value(({ shares }, band) => shares[band] ?? 0)(thinSteps(steps, frame.right - frame.left));
  const y = (share: number) => Math.round((frame.bottom - share * (frame.bottom - frame.top)) * 10) / 10;
  const draw = area<BandEdge>()
    .x(({ at }) => Math.round(xOf(frame, at) * 10) / 10)
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))
    .curve(curveStepAfter);
  const until = steps.at(-1)?.until ?? 0;
  return layers.map((layer) => {
    const edges = layer.map(({ 0: low, 1: high, data }) => ({ at: data.at, low, high }));
    return presentRuns(edges, until)
      .map((run) => draw(run) ?? '')
      .join('');
  });
}
