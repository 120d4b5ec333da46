import { median } from './report.mjs';

/** How often each side of a case is measured. */
export const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

/** Measures the sides in turns, beginning with another one each round: each side's figures in order. */
export async function inTurns(measures) {
  const names = Object.keys(measures);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      figures[name].push(await measures[name]());
    }
  }
  return figures;
}

/** Median over the rounds of one figure divided by another of the same round. */
export const medianRatio = (ours, theirs) => median(ours.map((value, round) => value / theirs[round]));
