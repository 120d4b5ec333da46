import { collectMoments } from '../../../src/statistics/collect-moments.js';
import { compareEstimates } from '../../../src/statistics/difference.js';
import { unitMean, welch } from '../../../src/statistics/welch.js';
import { unitsWith } from '../../analysis/metric-fixtures.js';
import { Draws } from '../../statistics/bars/draws.js';
import { axes, linear, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, whisker, words } from './shapes.js';

const days = 14;
const units = 500;

/** One rating a day of each unit; the units differ from one another, and the effect wears off. */
function variant(draws: Draws, effectOn: (day: number) => number): number[][] {
  return Array.from({ length: units }, () => {
    const own = 3.5 + 0.5 * draws.normal();
    return Array.from({ length: days }, (_, day) => own + effectOn(day) + 0.8 * draws.normal());
  });
}

function moments(rows: readonly (readonly number[])[], from: number, to: number) {
  return collectMoments(
    unitsWith(
      rows.map((ratings) => {
        const some = ratings.slice(from, to + 1);
        return some.reduce((sum, rating) => sum + rating, 0) / some.length;
      }),
    ),
  );
}

export function fading(): string {
  const draws = new Draws(17);
  const control = variant(draws, () => 0);
  const treatment = variant(draws, (day) => 0.4 * Math.exp(-day / 4));
  const x = linear([-0.7, days - 0.3], [60, 470]);
  const y = linear([-0.2, 0.6], [210, 40]);
  const daily = Array.from({ length: days }, (_, day) =>
    welch(moments(control, day, day), moments(treatment, day, day), 0.05),
  );
  const over = (from: number, to: number) => {
    const found = compareEstimates(
      unitMean(moments(control, from, to)),
      unitMean(moments(treatment, from, to)),
      0.05,
    );
    return found.status === 'ok' ? found.difference : NaN;
  };
  const level = (from: number, to: number, value: number) =>
    line(
      [
        [x.at(from - 0.5), y.at(value)],
        [x.at(to + 0.5), y.at(value)],
      ],
      { colour: palette.orange, width: 3 },
    );
  const [first, later, whole] = [over(0, 6), over(7, 13), over(0, 13)];
  return drawing({
    title:
      'The difference by days since the first exposure: 0.4 on the first day, near 0 after a week; the average over both weeks hides that.',
    width: 640,
    height: 256,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([0, 3, 6, 9, 12]),
        yTicks: ticks([-0.2, 0, 0.2, 0.4, 0.6]),
        xLabel: 'days since the unit met its variant',
        yLabel: 'difference in rating',
      }),
      line(
        [
          [x.from, y.at(whole)],
          [x.to, y.at(whole)],
        ],
        { dashed: true },
      ),
      ...daily.flatMap((found, day) => {
        if (found.status !== 'ok') return [];
        const [low, high] = found.interval;
        return [
          whisker(
            [
              [x.at(day), y.at(low)],
              [x.at(day), y.at(high)],
            ],
            [x.at(day), y.at(found.difference)],
            palette.blue,
          ),
        ];
      }),
      level(0, 6, first),
      level(7, 13, later),
      words([478, y.at(whole) + 1], `average: ${whole.toFixed(2)}`, { size: 12 }),
      words([x.at(3.6), y.at(0.42)], `first week: ${first.toFixed(2)}`, { colour: palette.orange, size: 12 }),
      words([478, y.at(later) + 9], `later: ${later.toFixed(2)}`, { colour: palette.orange, size: 12 }),
    ],
  });
}
