import type { VerdictView } from '../../api/contract.js';

/** One look at the evidence for harm. */
export interface PathRow {
  readonly variant: string;
  readonly at: string;
  readonly observations: number;
  readonly eValue: number;
}

/** All variants' looks, the newest first. */
export function pathRows(verdicts: readonly Pick<VerdictView, 'variant' | 'path'>[]): PathRow[] {
  return verdicts
    .flatMap(({ variant, path }) => path.map((point) => ({ variant, ...point })))
    .sort((one, other) => other.at.localeCompare(one.at));
}

/**
 * Whole powers of ten around the evidence that matters: a hundred thousandth at least, and the alarm in sight.
 *
 * @example evidenceDomain([0.5, 30], 1000) // [0.1, 10000]
 */
export function evidenceDomain(eValues: readonly number[], alarm: number | null): [number, number] {
  const known = eValues.filter((value) => value > 0);
  const low = Math.max(
    1e-5,
    known.reduce((least, value) => Math.min(least, value), 1),
  );
  const high = [...known, alarm ?? 1].reduce((greatest, value) => Math.max(greatest, value), 1);
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.5))];
}

/** Powers of ten within a domain, five or six of them. */
export function logTicks([low, high]: readonly [number, number]): number[] {
  const [first, last] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const every = Math.max(1, Math.ceil((last - first) / 5));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(Number(`1e${power}`));
  return ticks;
}
