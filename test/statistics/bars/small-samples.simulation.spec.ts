import { collectMoments } from '../../../src/statistics/collect-moments.js';
import { welch } from '../../../src/statistics/welch.js';
import { bar } from './bar.js';
import type { Draws } from './draws.js';
import { share, type Reading } from './figure.js';
import { naiveThreshold } from './naive.js';

function fewUnits(draws: Draws, units: number): ReturnType<typeof collectMoments> {
  return collectMoments(
    Array.from({ length: units }, () => {
      const value = draws.normal();
      return { sum: value, events: 1, sumSquares: value * value };
    }),
  );
}

describe('intervals of a handful of users', () => {
  bar('3', 'how often the 95 % interval of a difference holds the truth', (run) =>
    [2, 3, 5, 10].flatMap((units): Reading[] => {
      let [count, naive, held] = [0, 0, 0];
      for (const draws of run.times(200_000)) {
        const comparison = welch(fewUnits(draws, units), fewUnits(draws, units), 0.05);
        count += 1;
        if (comparison.status !== 'ok') continue;
        const { difference, standardError, interval } = comparison;
        naive += Math.abs(difference) <= naiveThreshold * standardError ? 1 : 0;
        held += interval[0] <= 0 && interval[1] >= 0 ? 1 : 0;
      }
      return [
        { name: `${units} users per variant: 1.96 standard errors (naive)`, figure: share(naive, count) },
        { name: `${units} users per variant: Welch`, figure: share(held, count), atLeast: 0.945 },
      ];
    }),
  );
});
