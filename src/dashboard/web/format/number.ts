const whole = new Intl.NumberFormat();
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const probability = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const significant = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const tiny = new Intl.NumberFormat(undefined, { notation: 'scientific', maximumSignificantDigits: 3 });
/** Narrow, so that it reads as what the server writes. */
const dollars = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
const wholeMoney = new Intl.NumberFormat(undefined, { ...dollars, maximumFractionDigits: 0 });
const money = new Intl.NumberFormat(undefined, dollars);
const cents = new Intl.NumberFormat(undefined, {
  ...dollars,
  minimumFractionDigits: 2,
  maximumFractionDigits: 3,
});
const smallMoney = new Intl.NumberFormat(undefined, { ...dollars, maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumSignificantDigits: 3 });

/** A count: `12,034`. */
export function countOf(count: number): string {
  return whole.format(count);
}

/** A fraction of 1 as a percentage: `33.3%`; a dash where it is not known. */
export function shareOf(fraction: number | null | undefined): string {
  return typeof fraction !== 'number' ? '–' : share.format(fraction);
}

/** A probability, never rounded to certainty: `> 99.9%`. */
export function chanceOf(fraction: number | null | undefined): string {
  if (typeof fraction !== 'number') return '–';
  if (fraction > 0.999 && fraction < 1) return `> ${probability.format(0.999)}`;
  if (fraction < 0.001 && fraction > 0) return `< ${probability.format(0.001)}`;
  return probability.format(fraction);
}

/** A value of a metric in its unit: `$0.0031`, `812 ms`, `4.21 stars`, `12.3%`. */
export function valueOf(value: number | null | undefined, unit: string | null = null): string {
  if (typeof value !== 'number') return '–';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (unit === 'share') return `${sign}${percent.format(size)}`;
  if (unit?.toLowerCase() === 'usd') return `${sign}${dollarsOf(size)}`;
  const figure = (size > 0 && size < 1e-6 ? tiny : significant).format(size);
  return `${sign}${figure}${unit ? ` ${unit}` : ''}`;
}

/** US dollars, from fractions of a cent on: `$0.00121`, `$0.50`, `$2.80`, `$12`. */
function dollarsOf(size: number): string {
  if (Number.isInteger(size)) return wholeMoney.format(size);
  if (size >= 1) return money.format(size);
  return (size >= 0.1 ? cents : smallMoney).format(size);
}

/** The size of a difference; of shares in percentage points: `2.1 points`. */
export function sizeOf(value: number | null | undefined, unit: string | null = null): string {
  if (typeof value !== 'number') return '–';
  const size = Math.abs(value);
  return unit === 'share' ? `${significant.format(size * 100)} points` : valueOf(size, unit);
}

/** A difference with its sign: `+0.21`, `−2.1 points`. */
export function differenceOf(value: number | null | undefined, unit: string | null = null): string {
  if (typeof value !== 'number') return '–';
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return `${sign}${sizeOf(value, unit)}`;
}

/** A difference as a share of what it is compared with: `+8.6%`. */
export function relativeOf(fraction: number | null | undefined): string {
  if (typeof fraction !== 'number') return '–';
  const sign = fraction > 0 ? '+' : fraction < 0 ? '−' : '';
  return `${sign}${percent.format(Math.abs(fraction))}`;
}

/** Both ends of an interval, the unit said once: `0.15 to 0.27 stars`. */
export function rangeOf(
  interval: readonly [number, number] | null | undefined,
  print: (value: number) => string = (value) => valueOf(value),
): string {
  if (!interval) return '–';
  const [low, high] = [print(interval[0]), print(interval[1])];
  const unit = / \D+$/.exec(high)?.[0];
  return `${unit && low.endsWith(unit) ? low.slice(0, -unit.length) : low} to ${high}`;
}

/** A number on an axis: money and shares say that they are, other units stand in the title. */
export function tickOf(value: number, unit: string | null = null): string {
  return valueOf(value, isInSign(unit) ? unit : null);
}

/** A difference on an axis. */
export function differenceTickOf(value: number, unit: string | null = null): string {
  return differenceOf(value, isInSign(unit) ? unit : null);
}

/** What a title says of the unit of its axis: `, in stars`; nothing where the numbers say it. */
export function unitWords(unit: string | null): string {
  return unit === null || isInSign(unit) ? '' : `, in ${unit}`;
}

function isInSign(unit: string | null): boolean {
  return unit === 'share' || unit?.toLowerCase() === 'usd';
}

/** A p-value, the very small ones as a bound: `< 0.0001`. */
export function pValueOf(value: number | null | undefined): string {
  if (typeof value !== 'number') return '–';
  return value < 1e-4 ? `< ${significant.format(1e-4)}` : significant.format(value);
}
