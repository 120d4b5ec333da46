import { adjustedDifference, type CovariateRow } from '../../../src/statistics/covariate-adjustment.js';
import { Draws } from '../../statistics/bars/draws.js';
import { axes, linear, percent, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, whisker, words } from './shapes.js';

const truth = 0.15;
const units = 400;
const correlations = [0, 0.3, 0.5, 0.7, 0.9];

function variant(draws: Draws, correlation: number, mean: number): CovariateRow[] {
  const rest = Math.sqrt(1 - correlation ** 2);
  return Array.from({ length: units }, () => {
    const before = draws.normal();
    return { value: mean + correlation * before + rest * draws.normal(), covariates: [before] };
  });
}

export function covariate(): string {
  const draws = new Draws(23);
  const x = linear([-0.1, 0.4], [130, 480]);
  const rowAt = (row: number) => 66 + row * 36;
  const bottom = rowAt(correlations.length) - 14;
  const without = (rows: readonly CovariateRow[]) => rows.map(({ value }) => ({ value, covariates: [] }));
  const rows = correlations.flatMap((correlation, row) => {
    const [control, treatment] = [variant(draws, correlation, 0), variant(draws, correlation, truth)];
    const plain = adjustedDifference(without(control), without(treatment), { alpha: 0.05 });
    const adjusted = adjustedDifference(control, treatment, { alpha: 0.05 });
    const both = [
      [plain, palette.orange, -5],
      [adjusted, palette.blue, 5],
    ] as const;
    return [
      words([122, rowAt(row) + 4.5], `correlation ${correlation}`, { anchor: 'end', size: 12 }),
      ...both.flatMap(([comparison, colour, shift]) => {
        if (comparison.status !== 'ok') return [];
        const { difference, interval } = comparison;
        const [low, high] = interval;
        const height = rowAt(row) + shift;
        return [
          whisker(
            [
              [x.at(low), height],
              [x.at(high), height],
            ],
            [x.at(difference), height],
            colour,
          ),
        ];
      }),
      words([494, rowAt(row) + 4.5], percent(1 - correlation ** 2), { size: 12 }),
    ];
  });
  return drawing({
    title:
      'Intervals of a difference without and with a covariate: the more it correlates with the metric, the narrower the second; at a correlation of 0.7 half of the units would do.',
    width: 640,
    height: bottom + 44,
    shapes: [
      ...axes({
        x,
        y: linear([0, 1], [bottom, 44]),
        xTicks: ticks([0, 0.15, 0.3]),
        yTicks: [],
        xLabel: 'difference, 400 units per variant',
      }),
      words([130, 28], 'as it is', { colour: palette.orange }),
      words([200, 28], 'with the covariate taken out', { colour: palette.blue }),
      words([494, 28], 'variance left', { size: 12 }),
      line(
        [
          [x.at(truth), 44],
          [x.at(truth), bottom],
        ],
        { colour: palette.green, dashed: true },
      ),
      ...rows,
    ],
  });
}
