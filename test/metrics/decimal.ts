/** Decimals of every amount below: squares of values with twelve decimals are whole numbers at this scale. */
const scale = 24;

/** A decimal number as a whole number of 1e-24, exactly. */
export function exact(decimal: string | number | bigint): bigint {
  const text = typeof decimal === 'number' ? decimalText(decimal) : String(decimal);
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (sign === undefined) throw new Error(`"${text}" is not a decimal number`);
  if (fraction.slice(scale).replaceAll('0', '') !== '')
    throw new Error(`${text} has more than ${scale} decimals`);
  const digits = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return sign === '-' ? -digits : digits;
}

const one = 10n ** BigInt(scale);

/** The product of two amounts; exact as long as both have twelve decimals at most. */
export function times(left: bigint, right: bigint): bigint {
  return (left * right) / one;
}

/** The quotient of two amounts, cut after twelve decimals. */
export function over(left: bigint, right: bigint): bigint {
  const step = 10n ** 12n;
  return ((left * step) / right) * (one / step);
}

/** The shortest text that reads back as the number, without an exponent. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}
