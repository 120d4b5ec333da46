/**
 * The number that was typed; undefined where nothing was, or where it is none, which is reported.
 *
 * @example numberIn(' 0.5 ', report) // 0.5
 */
export function numberIn(text: string, report: (message: string) => void): number | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  const number = Number(typed);
  if (Number.isFinite(number)) return number;
  const comma = /^-?\d+,\d+$/.test(typed) ? ' with a point, not a comma' : ' such as 0.5';
  report(`"${typed}" is no number; write one${comma}`);
  return undefined;
}
