import { clusteredQuantile } from '../../../src/statistics/clustered-quantile.js';
import { orderStatisticInterval } from '../../../src/statistics/quantile.js';
import { Draws } from '../../statistics/bars/draws.js';
import { normalQuantile } from '../../../src/statistics/distributions.js';
import { axes, linear, ticks, type Scale } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, words, type Shape } from './shapes.js';

const level = 0.95;
const samples = 25;
const users = 100;

/** Latencies in ms: a user's own are alike, their logarithms correlate by 0.3; ten each on average. */
function latencies(draws: Draws): number[][] {
  return Array.from({ length: users }, () => {
    const own = Math.sqrt(0.3) * draws.normal();
    return Array.from({ length: draws.geometric(10) }, () =>
      Math.exp(7 + 0.5 * (own + Math.sqrt(0.7) * draws.normal())),
    );
  });
}

const truth = Math.exp(7 + 0.5 * normalQuantile(level));

function intervals(found: readonly (readonly [number, number])[], x: Scale, y: Scale): Shape[] {
  return found.map(([low, high], place) => {
    const across = x.at(place + 1);
    const colour = low > truth || high < truth ? palette.red : palette.blue;
    return line(
      [
        [across, y.at(low)],
        [across, y.at(high)],
      ],
      { colour, width: 3 },
    );
  });
}

export function quantileIntervals(): string {
  const draws = new Draws(4);
  const y = linear([1_800, 3_600], [210, 40]);
  const [left, right] = [linear([0, samples + 1], [60, 330]), linear([0, samples + 1], [350, 620])];
  const drawn = Array.from({ length: samples }, () => latencies(draws));
  const byEvents = drawn.map((values) => {
    const sorted = values.flat().sort((one, other) => one - other);
    return orderStatisticInterval(sorted, level, 0.05).interval;
  });
  const byUnits = drawn.map((values) => {
    const found = clusteredQuantile(values, level, 0.05);
    return found.status === 'ok' ? found.interval : ([NaN, NaN] as const);
  });
  const missed = (found: readonly (readonly [number, number])[]) =>
    found.filter(([low, high]) => low > truth || high < truth).length;
  return drawing({
    title: `Intervals for the p95 of latency from 25 samples of 100 users: as if events were independent ${missed(byEvents)} miss the truth, with users as clusters ${missed(byUnits)}.`,
    width: 640,
    height: 272,
    shapes: [
      ...axes({
        x: { ...left, to: right.to },
        y,
        xTicks: [],
        yTicks: ticks([2_000, 2_500, 3_000, 3_500]),
        yLabel: 'p95 in ms, from 25 samples of 100 users with ten latencies each on average',
      }),
      line(
        [
          [left.from, y.at(truth)],
          [right.to, y.at(truth)],
        ],
        { colour: palette.green, width: 2 },
      ),
      ...intervals(byEvents, left, y),
      ...intervals(byUnits, right, y),
      words([195, 234], 'events taken for independent:', { anchor: 'middle' }),
      words([195, 252], `${missed(byEvents)} of 25 miss the truth`, { anchor: 'middle' }),
      words([485, 234], 'users as clusters:', { anchor: 'middle' }),
      words([485, 252], `${missed(byUnits)} of 25 miss the truth`, { anchor: 'middle' }),
    ],
  });
}
