import { adaptiveDifference, type AdaptiveEpoch } from '../../../src/statistics/adaptive-estimate.js';
import { testDifference } from '../../../src/statistics/difference.js';
import { Draws } from '../../statistics/bars/draws.js';
import { naiveThreshold } from '../../statistics/bars/naive.js';
import { axes, linear, percent, ticks, type Scale } from './chart.js';
import { palette, type Colour } from './palette.js';
import { bar, drawing, line, words, type Shape } from './shapes.js';

const epochs = 10;
const unitsPerEpoch = 1_000;
const experiments = 400;
const binWidth = 0.004;

/** No difference at all, while everyone gets better and the treatment gets more of the units. */
function live(draws: Draws): AdaptiveEpoch[] {
  return Array.from({ length: epochs }, (_, epoch) => {
    const rate = 0.1 + (0.15 * epoch) / (epochs - 1);
    const weight = 0.5 + (0.4 * epoch) / (epochs - 1);
    const treatment = draws.binomial(unitsPerEpoch, weight);
    const variants = [unitsPerEpoch - treatment, treatment].map((units) => {
      const sum = draws.binomial(units, rate);
      return { units, sum, squares: sum * (1 - sum / units) };
    });
    return { propensities: [1 - weight, weight], variants };
  });
}

interface Found {
  readonly difference: number;
  readonly holds: boolean;
}

function plain(lived: readonly AdaptiveEpoch[]): Found {
  const [control, treatment] = [0, 1].map((place) => {
    const units = lived.reduce((sum, { variants }) => sum + (variants[place]?.units ?? 0), 0);
    const rate = lived.reduce((sum, { variants }) => sum + (variants[place]?.sum ?? 0), 0) / units;
    return { rate, variance: (rate * (1 - rate)) / units };
  });
  const difference = (treatment?.rate ?? NaN) - (control?.rate ?? NaN);
  const error = Math.sqrt((control?.variance ?? NaN) + (treatment?.variance ?? NaN));
  return { difference, holds: Math.abs(difference) <= naiveThreshold * error };
}

function weighted(lived: readonly AdaptiveEpoch[]): Found {
  const found = adaptiveDifference(lived, 0, 1, { centring: 'epoch' });
  if (found.status !== 'ok') return { difference: NaN, holds: false };
  const { value: difference, standardError, effectiveUnits } = found;
  const tested = testDifference(
    { difference, variance: standardError ** 2, degreesOfFreedom: effectiveUnits - 1 },
    0.05,
  );
  const [low, high] = tested.interval;
  return { difference, holds: low <= 0 && high >= 0 };
}

function histogram(found: readonly Found[], colour: Colour, x: Scale, y: Scale): Shape[] {
  const counts = new Map<number, number>();
  for (const { difference } of found) {
    const bin = Math.floor(difference / binWidth);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts].map(([bin, count]) =>
    bar([x.at(bin * binWidth) + 0.5, y.at(0)], [x.at((bin + 1) * binWidth) - 0.5, y.at(count)], colour),
  );
}

export function changedWeights(): string {
  const draws = new Draws(7);
  const x = linear([-0.03, 0.06], [40, 600]);
  const y = linear([0, 90], [210, 50]);
  const lives = Array.from({ length: experiments }, () => live(draws));
  const [naive, adaptive] = [lives.map(plain), lives.map(weighted)];
  const holding = (found: readonly Found[]) =>
    percent(found.filter(({ holds }) => holds).length / experiments);
  return drawing({
    title:
      'Four hundred experiments without a difference in which the rate of everyone rose while one variant got more units: plain differences lie around 0.03, weighted ones around 0.',
    width: 640,
    height: 256,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([-0.02, 0, 0.02, 0.04]),
        yTicks: [],
        xLabel: 'difference found in 400 experiments without one',
      }),
      ...histogram(adaptive, palette.blue, x, y),
      ...histogram(naive, palette.orange, x, y),
      line(
        [
          [x.at(0), y.from],
          [x.at(0), y.to - 4],
        ],
        { colour: palette.green, width: 2 },
      ),
      words([x.at(-0.0005), 26], 'weighted by propensity:', { colour: palette.blue, anchor: 'middle' }),
      words([x.at(-0.0005), 42], `${holding(adaptive)} of intervals hold 0`, {
        colour: palette.blue,
        anchor: 'middle',
      }),
      words([x.at(0.032), 26], 'plain means:', { colour: palette.orange, anchor: 'middle' }),
      words([x.at(0.032), 42], `${holding(naive)} of intervals hold 0`, {
        colour: palette.orange,
        anchor: 'middle',
      }),
    ],
  });
}
