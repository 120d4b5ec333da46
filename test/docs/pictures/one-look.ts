import { collectMoments } from '../../../src/statistics/collect-moments.js';
import { welch } from '../../../src/statistics/welch.js';
import { unitsWith } from '../../analysis/metric-fixtures.js';
import { Draws } from '../../statistics/bars/draws.js';
import { axes, linear, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, whisker, words } from './shapes.js';

const truth = 0.5;
const experiments = 50;
const units = 20;

export function oneLook(): string {
  const draws = new Draws(16);
  const x = linear([0, experiments + 1], [40, 620]);
  const y = linear([-1, 2], [200, 40]);
  const variant = (mean: number) =>
    collectMoments(unitsWith(Array.from({ length: units }, () => mean + draws.normal())));
  const found = Array.from({ length: experiments }, () => welch(variant(0), variant(truth), 0.05)).flatMap(
    (each) => (each.status === 'ok' ? [each] : []),
  );
  const misses = ([low, high]: readonly [number, number]) => low > truth || high < truth;
  const missed = found.filter(({ interval }) => misses(interval)).length;
  return drawing({
    title: `Fifty experiments with a true difference of 0.5: ${missed} of the fifty intervals miss it.`,
    width: 640,
    height: 240,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: [],
        yTicks: ticks([-1, 0, 1, 2]),
        xLabel: 'fifty experiments, 20 units per variant each',
        yLabel: `95 % intervals: ${missed} of 50 miss the truth`,
      }),
      line(
        [
          [x.from, y.at(truth)],
          [x.to, y.at(truth)],
        ],
        { colour: palette.green, width: 2 },
      ),
      words([620, y.to - 14], 'the true difference', { colour: palette.green, anchor: 'end' }),
      ...found.map(({ difference, interval: [low, high] }, place) => {
        const across = x.at(place + 1);
        return whisker(
          [
            [across, y.at(low)],
            [across, y.at(high)],
          ],
          [across, y.at(difference)],
          misses([low, high]) ? palette.red : palette.blue,
        );
      }),
    ],
  });
}
