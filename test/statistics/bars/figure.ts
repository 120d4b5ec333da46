/** A measured figure and how far chance may have moved it. */
export interface Figure {
  readonly value: number;
  /** Monte-Carlo standard error; 0 where nothing was drawn. */
  readonly error: number;
  readonly replications: number;
}

/** A figure beside what is demanded of it; without bounds it is there to be compared with. */
export interface Reading {
  readonly name: string;
  readonly figure: Figure;
  /** How it is written. @default 'per cent' */
  readonly unit?: 'per cent' | 'number';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Monte-Carlo errors by which a figure may miss its bar. */
const patience = 3;

/** How often something happened, with the binomial standard error. */
export function share(hits: number, replications: number): Figure {
  const value = hits / replications;
  return { value, error: Math.sqrt((value * (1 - value)) / replications), replications };
}

export function mean(values: readonly number[]): Figure {
  const replications = values.length;
  const value = values.reduce((sum, each) => sum + each, 0) / replications;
  const squares = values.reduce((sum, each) => sum + (each - value) ** 2, 0);
  return { value, error: Math.sqrt(squares / (replications - 1) / replications), replications };
}

/** The median, with half the distance of the values whose ranks lie one binomial standard deviation around it. */
export function median(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const replications = sorted.length;
  const at = (rank: number): number =>
    sorted[Math.min(replications - 1, Math.max(0, Math.round(rank)))] ?? NaN;
  const middle = (replications - 1) / 2;
  const reach = Math.sqrt(replications) / 2;
  const value = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { value, error: (at(middle + reach) - at(middle - reach)) / 2, replications };
}

/** A figure without chance in it. */
export function exact(value: number, replications = 1): Figure {
  return { value, error: 0, replications };
}

/** Whether a figure keeps its bounds up to three Monte-Carlo errors; a figure that is none keeps none. */
export function holds({ figure, atLeast = -Infinity, atMost = Infinity }: Reading): boolean {
  const slack = patience * figure.error;
  return figure.value >= atLeast - slack && figure.value <= atMost + slack;
}

/** Whether anything is demanded of the figure. */
export function isDemanded({ atLeast, atMost }: Reading): boolean {
  return atLeast !== undefined || atMost !== undefined;
}

/** "5.08 %" */
export function measured({ figure, unit = 'per cent' }: Reading): string {
  return unit === 'per cent' ? `${(100 * figure.value).toFixed(2)} %` : short(figure.value);
}

/** "4.3 to 5.5 % (± 0.66)" */
export function demanded({ figure, unit = 'per cent', atLeast, atMost }: Reading): string {
  if (atLeast === undefined && atMost === undefined) return '–';
  const scale = unit === 'per cent' ? 100 : 1;
  const write = (bound: number): string => String(Number((scale * bound).toPrecision(6)));
  const range =
    atLeast === undefined
      ? `≤ ${write(atMost ?? NaN)}`
      : atMost === undefined
        ? `≥ ${write(atLeast)}`
        : `${write(atLeast)} to ${write(atMost)}`;
  const slack = figure.error > 0 ? ` (± ${short(scale * patience * figure.error)})` : '';
  return `${range}${unit === 'per cent' ? ' %' : ''}${slack}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 5 : 3)));
}
