import { scaleTime, type ScaleLinear, type ScaleTime } from 'd3-scale';

/** A scale that has been laid out: where to write what. */
export interface Tick {
  /** Pixels along the axis. */
  readonly at: number;
  readonly label: string;
}

/** Pixels that a moment below an axis takes. */
const labelWidth = 84;
/** Pixels that a number below an axis takes at least. */
const leastWidth = 64;

/** Pixels that a character takes, and that lie between two labels beside each other. */
const [characterWidth, labelGap] = [6.8, 14];

/**
 * Round numbers along a scale, as many as there is room for.
 *
 * @param pixels along the axis for one label; without, labels stand beside each other, as wide as they are
 * @example ticksOf(scaleLinear([0, 1], [0, 200]), String) // [{ at: 0, label: '0' }, { at: 100, label: '0.5' }, …]
 */
export function ticksOf(
  scale: ScaleLinear<number, number>,
  print: (value: number) => string,
  pixels?: number,
): Tick[] {
  const [start = 0, end = 0] = scale.range();
  const most = Math.max(2, Math.floor(Math.abs(end - start) / (pixels ?? leastWidth)));
  // d3 takes the number for a wish: fewer are asked for until no more come.
  const counts = Array.from({ length: most }, (_, place) => most - place);
  const found = counts.map((count) =>
    scale.ticks(count).map((value) => ({ at: scale(value), label: print(value) })),
  );
  const fitting = found.filter(({ length }) => length <= most);
  return (pixels === undefined ? fitting.find(standApart) : undefined) ?? fitting[0] ?? [];
}

function standApart(ticks: readonly Tick[]): boolean {
  const widest = Math.max(0, ...ticks.map(({ label }) => label.length)) * characterWidth + labelGap;
  return ticks.every(({ at }, place) => at - (ticks[place - 1]?.at ?? -Infinity) >= widest);
}

const day = 86_400_000;
const formats = {
  months: new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' }),
  days: new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' }),
  minutes: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  seconds: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
};

/**
 * Round moments along an axis of time, in the viewer's zone: months, days, minutes or seconds, whichever there are.
 */
export function timeTicksOf(scale: ScaleTime<number, number>): Tick[] {
  const [first = new Date(0), last = new Date(0)] = scale.domain();
  const [start = 0, end = 0] = scale.range();
  const span = last.getTime() - first.getTime();
  const format = formats[grainOf(span)];
  const most = Math.max(2, Math.floor((end - start) / labelWidth));
  // d3 takes the number for a wish: fewer are asked for until each label has room.
  const counts = Array.from({ length: most }, (_, place) => most - place);
  const ticks = counts
    .map((count) => scale.ticks(count).map((at) => ({ at: scale(at), label: format.format(at) })))
    .find(haveRoom);
  return (ticks ?? []).filter(({ label }, place, all) => label !== all[place - 1]?.label);
}

/** The last month of a quarter, or the last day of a month, may be a little shorter than the others. */
function haveRoom(ticks: readonly Tick[]): boolean {
  return ticks.every(({ at }, place) => at - (ticks[place - 1]?.at ?? -Infinity) >= labelWidth * 0.75);
}

function grainOf(span: number): keyof typeof formats {
  if (span >= 300 * day) return 'months';
  if (span >= 3 * day) return 'days';
  return span >= 5 * 60_000 ? 'minutes' : 'seconds';
}

/** The scale of the moments between two instants; a single instant stands in the middle of a minute. */
export function timeScaleOf(instants: readonly number[], range: readonly [number, number]) {
  const first = Math.min(...instants);
  const last = Math.max(...instants);
  const ends = first === last ? [first - 30_000, last + 30_000] : [first, last];
  return scaleTime(ends, range);
}
