/** How numbers are written somewhere. */
export interface NumberSigns {
  /** Before the fraction. */
  readonly decimal: string;
  /** Between thousands. */
  readonly group: string;
}

/**
 * How a locale writes numbers; without one the reader's.
 *
 * @example numberSigns('de-DE') // { decimal: ',', group: '.' }
 */
export function numberSigns(locale?: string): NumberSigns {
  const parts = new Intl.NumberFormat(locale).formatToParts(123_456.5);
  const signOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: signOf('decimal'), group: signOf('group') };
}

const here = numberSigns();

/**
 * The number that was typed, with a point or a comma before its fraction; undefined where nothing was typed, or what is no
 * number, which is reported.
 *
 * @example numberIn(' 0,5 ', report) // 0.5
 */
export function numberIn(
  text: string,
  report: (message: string) => void,
  signs: NumberSigns = here,
): number | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  const fault = thousandsFault(typed, signs);
  const number = Number(typed.replace(signs.decimal, '.').replace(',', '.'));
  if (fault === null && Number.isFinite(number)) return number;
  report(fault ?? `"${typed}" is no number; write one such as ${numberText(0.5, signs)}`);
  return undefined;
}

/** The number that was typed; undefined where it is none. */
export function numberFrom(text: string): number | undefined {
  return numberIn(text, () => {});
}

/**
 * A number as the reader types it.
 *
 * @example numberText(0.5, numberSigns('de-DE')) // '0,5'
 */
export function numberText(number: number, { decimal }: NumberSigns = here): string {
  return String(number).replace('.', decimal);
}

/** Why a number with signs between its thousands, or with what may be one, is not taken; null where there is none. */
function thousandsFault(typed: string, { decimal, group }: NumberSigns): string | null {
  const [, sign = '', whole = '', rest = '', end = ''] =
    /^([+-]?)([1-9]\d{0,2})((?:[.,'’\s]\d{3})+)([.,]\d+)?$/.exec(typed) ?? [];
  if (rest === '') return null;
  const plain = `${sign}${whole}${rest.replaceAll(/\D/g, '')}`;
  if (end !== '' || rest.length > 4 || !/^[.,]/.test(rest))
    return `"${typed}" has signs between its thousands; write ${plain}${end.replace(/[.,]/, decimal)}`;
  if (rest.startsWith(decimal) || (rest.startsWith('.') && group !== '.')) return null;
  return `"${typed}" can be read as ${plain} or as ${sign}${whole}${decimal}${rest.slice(1)}; write one of these`;
}
