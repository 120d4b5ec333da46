import { palette, type Colour } from './palette.js';

/** A piece of SVG. */
export type Shape = string;
export type Point = readonly [x: number, y: number];

export interface Stroke {
  readonly colour?: Colour;
  readonly width?: number;
  readonly dashed?: boolean;
  readonly opacity?: number;
}

/** Coordinates to a tenth of a pixel: finer digits could differ between machines, and nobody sees them. */
export function round(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

function strokeOf({ colour = palette.ink, width = 1.5, dashed = false, opacity = 1 }: Stroke): string {
  const dash = dashed ? ' stroke-dasharray="5 4"' : '';
  const alpha = opacity < 1 ? ` stroke-opacity="${round(opacity)}"` : '';
  return `stroke="${colour}" stroke-width="${round(width)}"${dash}${alpha}`;
}

export function line(points: readonly Point[], stroke: Stroke = {}): Shape {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke-linejoin="round" ${strokeOf(stroke)}/>`;
}

export function dot([x, y]: Point, colour: Colour = palette.ink, radius = 3.5): Shape {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${colour}"/>`;
}

export function bar(from: Point, to: Point, colour: Colour, opacity = 1): Shape {
  const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  const [width, height] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
  const box = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return `<rect ${box} fill="${colour}"${opacity < 1 ? ` fill-opacity="${round(opacity)}"` : ''}/>`;
}

export interface Lettering {
  readonly colour?: Colour;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  readonly size?: number;
}

export function words([x, y]: Point, content: string, lettering: Lettering = {}): Shape {
  const { colour = palette.ink, anchor = 'start', bold = false, size = 13 } = lettering;
  const weight = bold ? ' font-weight="600"' : '';
  const place = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"`;
  return `<text ${place} font-size="${size}" fill="${colour}"${weight}>${escaped(content)}</text>`;
}

/** An interval with its estimate: a line with a dot, lying or standing. */
export function whisker(ends: readonly [Point, Point], middle: Point, colour: Colour): Shape {
  return line(ends, { colour, width: 2 }) + dot(middle, colour, 3);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export interface Picture {
  /** What is seen, for whoever cannot see it. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** A whole SVG file, without a background of its own. */
export function drawing({ title, width, height, shapes }: Picture): string {
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" font-family="system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    ...shapes,
    '</svg>',
    '',
  ].join('\n');
}
