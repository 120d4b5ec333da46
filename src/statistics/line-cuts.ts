import type { PosteriorLine } from './posterior-line.js';

/** Tail probabilities at which each variant's line is cut, on both sides. */
const cuts = [1e-13, 1e-10, 1e-7, 1e-5, 1e-3, 0.01, 0.05, 0.2, 0.5] as const;

/**
 * Where to cut one posterior's line, from left to right.
 *
 * @example cutLine(line).length; // 17
 */
export function cutLine(line: PosteriorLine): number[] {
  const lower = cuts.map((tail) => line.quantile(tail, 'lower'));
  const upper = cuts.slice(0, -1).map((tail) => line.quantile(tail, 'upper'));
  return [...lower, ...upper.reverse()];
}

/** The largest of the lines' medians: E[max] is summed up around it, so that far tails do not cancel. */
export function middleOf(cutsOf: readonly (readonly number[])[]): number {
  return Math.max(...cutsOf.map((own) => own[cuts.length - 1] ?? 0));
}

/**
 * The cuts of all lines in order, from `start` on. A cut much nearer to the one before than its own line's neighbours adds
 * work, not accuracy.
 *
 * @example mergeCuts(lines.map(cutLine), 0);
 */
export function mergeCuts(cutsOf: readonly (readonly number[])[], start: number): number[] {
  const middle = middleOf(cutsOf);
  const candidates = cutsOf
    .flatMap((own) =>
      own.map((at, k) => ({
        at,
        room: Math.min(at - (own[k - 1] ?? -Infinity), (own[k + 1] ?? Infinity) - at),
      })),
    )
    .filter(({ at }) => at > start)
    .sort((a, b) => a.at - b.at);
  const end = candidates.at(-1)?.at;
  const kept = [{ at: start, room: Infinity }];
  for (const cut of candidates) {
    const last = kept.at(-1) ?? cut;
    const needed = cut.at === middle || cut.at === end;
    if (needed || cut.at - last.at > Math.min(cut.room, last.room) / 4) kept.push(cut);
  }
  return kept.map(({ at }) => at);
}
