import { durationMilliseconds } from '../../operations/duration.js';

/** More steps are neither shown nor worth their time. */
const mostSteps = 500;

/**
 * How long a step is: as asked, or a whole multiple of it where the log would have more than five hundred.
 *
 * @param span milliseconds of the log
 * @example stepLength(86_400_000, 'PT1H'); // { every: 'PT1H', stepMilliseconds: 3600000 }
 */
export function stepLength(
  span: number,
  asked: string,
): { readonly every: string; readonly stepMilliseconds: number } {
  const wanted = durationMilliseconds(asked);
  const times = Math.max(1, Math.ceil((span + 1) / wanted / mostSteps));
  const stepMilliseconds = times * wanted;
  return { every: times === 1 ? asked : `PT${stepMilliseconds / 1_000}S`, stepMilliseconds };
}
