import { withFloor, withinStep } from '../../../src/allocation/bandit-weights.js';
import { stageWeights } from '../../../src/rollouts/rollout-weights.js';
import { probabilityBest } from '../../../src/statistics/probability-best.js';
import { variant } from '../../bucketing/experiment-fixtures.js';
import { axes, linear, percent, ticks } from './chart.js';
import { palette, type Colour } from './palette.js';
import { bar, drawing, line, words, type Shape } from './shapes.js';

/** Shares of all units on one day: what is left of 1 is not let in and served the fallback. */
interface Day {
  readonly treatment: number;
  readonly control: number;
  readonly heldBack: number;
}

const days = 70;
const holdback = 0.05;
const unitsPerDay = 240;
const success = { control: 0.5, treatment: 0.506 };
const [tested, bandit, rollout, archived] = [10, 26, 46, 64];
const coverages = [
  [0, 0.05],
  [2, 0.1],
  [4, 0.25],
  [7, 0.5],
  [tested, 1],
] as const;
const stages = [
  [rollout, 75],
  [rollout + 4, 95],
  [rollout + 9, 100],
] as const;

/** The bandit's daily steps on units that succeed as often as they truly do. */
function banditShares(): number[] {
  const seen = { control: 0, treatment: 0 };
  let share = 0.5;
  return Array.from({ length: rollout }, (_, day) => {
    if (day >= bandit) {
      const beta = (n: number, rate: number) =>
        ({ family: 'beta', alpha: 1 + n * rate, beta: 1 + n * (1 - rate) }) as const;
      const best = probabilityBest(
        [beta(seen.control, success.control), beta(seen.treatment, success.treatment)],
        'increase',
      );
      const aim = withFloor(best.status === 'ok' ? best.probabilities : [0.5, 0.5], 0.05);
      share = withinStep([1 - share, share], aim, 0.1)[1] ?? share;
    }
    if (day >= tested) {
      seen.treatment += unitsPerDay * share;
      seen.control += unitsPerDay * (1 - share);
    }
    return share;
  });
}

function history(): Day[] {
  const shares = banditShares();
  const before = shares.at(-1) ?? 0.5;
  const plan = {
    winner: 'treatment',
    remainder: 'control',
    weightsBefore: { control: 1 - before, treatment: before },
  } as const;
  const experiment = { control: 'control', variants: [variant('control'), variant('treatment')] };
  return Array.from({ length: days }, (_, day) => {
    if (day >= archived) return { treatment: 0, control: 0, heldBack: 0 };
    const coverage = coverages.findLast(([from]) => day >= from)?.[1] ?? 0;
    const stage = stages.findLast(([from]) => day >= from)?.[1];
    const share =
      stage === undefined ? (shares[day] ?? 0.5) : (stageWeights(experiment, plan, stage)['treatment'] ?? 1);
    const drawn = coverage * (1 - holdback);
    return { treatment: drawn * share, control: drawn * (1 - share), heldBack: coverage * holdback };
  });
}

const chapters = [
  [0, 'ramp'],
  [tested, 'test'],
  [bandit, 'bandit'],
  [rollout, 'rollout'],
  [rollout + 9, 'shipped'],
  [archived, 'archive'],
] as const;

export function traffic(): string {
  const x = linear([0, days], [56, 620]);
  const y = linear([0, 1], [230, 50]);
  const layers = (day: Day): [number, Colour][] => [
    [day.treatment, palette.blue],
    [day.control, palette.orange],
    [day.heldBack, palette.purple],
  ];
  const column = (day: Day, index: number): Shape[] => {
    let from = 0;
    return layers(day).flatMap(([share, colour]) => {
      const low = from;
      from += share;
      return share > 0 ? [bar([x.at(index), y.at(low)], [x.at(index + 1), y.at(from)], colour, 0.85)] : [];
    });
  };
  return drawing({
    title:
      'An experiment from draft to archive: coverage rises in five steps, halves are tested, the bandit moves shares day by day, the winner is rolled out at 75, 95 and 100 percent, and five percent are held back until the end.',
    width: 640,
    height: 296,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([0, 10, 20, 30, 40, 50, 60, 70]),
        yTicks: ticks([0, 0.5, 1], percent),
        xLabel: 'days since the start',
      }),
      ...history().flatMap(column),
      ...chapters.flatMap(([from, name]) => [
        line(
          [
            [x.at(from), 36],
            [x.at(from), 230],
          ],
          { dashed: true, width: 1 },
        ),
        words([x.at(from) + 3, 40], name, { size: 12 }),
      ]),
      words([56, 284], 'treatment', { colour: palette.blue, bold: true, size: 12 }),
      words([136, 284], 'control', { colour: palette.orange, bold: true, size: 12 }),
      words([196, 284], 'held back', { colour: palette.purple, bold: true, size: 12 }),
      words([276, 284], 'blank: not let in, served the fallback', { size: 12 }),
    ],
  });
}
