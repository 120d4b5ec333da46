import { line, words, type Point, type Shape } from './shapes.js';

/** Values to places along one axis. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  at(value: number): number;
}

export function linear([low, high]: Point, [from, to]: Point): Scale {
  return { from, to, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

export function logarithmic([low, high]: Point, place: Point): Scale {
  const scale = linear([Math.log(low), Math.log(high)], place);
  return { ...scale, at: (value) => scale.at(Math.log(value)) };
}

/** A value on an axis with what is written there. */
export type Tick = readonly [value: number, label: string];

export function ticks(values: readonly number[], label: (value: number) => string = String): Tick[] {
  return values.map((value) => [value, label(value)]);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Lines and labels of a chart whose x grows to the right and whose y grows upwards. */
export interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly xLabel?: string;
  /** Written above the axis, as rotated words are hard to read. */
  readonly yLabel?: string;
}

export function axes({ x, y, xTicks, yTicks, xLabel = '', yLabel = '' }: Axes): Shape[] {
  const faint = { width: 1, opacity: 0.3 };
  return [
    ...yTicks.map(([value]) => line([at(x.from, y.at(value)), at(x.to, y.at(value))], faint)),
    line([at(x.from, y.from), at(x.to, y.from)], { width: 1 }),
    ...yTicks.map(([value, label]) =>
      words([x.from - 8, y.at(value) + 4.5], label, { anchor: 'end', size: 12 }),
    ),
    ...xTicks.map(([value, label]) =>
      words([x.at(value), y.from + 18], label, { anchor: 'middle', size: 12 }),
    ),
    ...(xLabel ? [words([x.to, y.from + 36], xLabel, { anchor: 'end' })] : []),
    ...(yLabel ? [words([8, y.to - 14], yLabel)] : []),
  ];
}

function at(x: number, y: number): Point {
  return [x, y];
}

/** The values of a function at so many evenly spaced places, both ends included. */
export function curve(
  [low, high]: Point,
  steps: number,
  valueAt: (x: number) => number,
): readonly (readonly [x: number, y: number])[] {
  return Array.from({ length: steps + 1 }, (_, step) => {
    const x = low + ((high - low) * step) / steps;
    return [x, valueAt(x)] as const;
  });
}

/** Points of a chart as places of a drawing. */
export function placed(points: readonly (readonly [number, number])[], x: Scale, y: Scale): Point[] {
  return points.map(([one, other]) => [x.at(one), y.at(other)] as const);
}
