import { pointEstimate } from '../../../src/analysis/measurement/variant-estimate.js';
import { collectMoments } from '../../../src/statistics/collect-moments.js';
import { quantile } from '../../../src/statistics/quantile.js';
import { unitWith } from '../../analysis/metric-fixtures.js';
import { axes, linear, ticks } from './chart.js';
import { palette, type Colour } from './palette.js';
import { dot, drawing, line, words } from './shapes.js';

/** How many characters four users changed in each answer that they got. */
const users: readonly (readonly number[])[] = [[0], [0, 40], [60, 90, 100, 120, 150], [0, 0]];
const names = ['Ann', 'Ben', 'Cleo', 'Dan'];

export function estimands(): string {
  const x = linear([0, 160], [60, 440]);
  const rowAt = (row: number) => 38 + row * 32;
  const bottom = rowAt(users.length) - 8;
  const moments = collectMoments(users.map((values) => unitWith(...values)));
  const anyEdit = collectMoments(
    users.map((values) => ({
      ...unitWith(...values),
      value: values.some((value) => value > 0) ? 1 : 0,
    })),
  );
  const events = users.flat().sort((one, other) => one - other);
  const figures: readonly (readonly [string, number, Colour])[] = [
    ['mean', pointEstimate(moments, 'mean') ?? 0, palette.orange],
    ['mean-per-unit', pointEstimate(moments, 'mean-per-unit') ?? 0, palette.blue],
    ['quantile 0.9', quantile(events, 0.9, 'observed') ?? 0, palette.purple],
  ];
  const share = pointEstimate(anyEdit, 'proportion') ?? 0;
  return drawing({
    title:
      'Ten values of four users: the mean over events, the mean over units and the quantile lie at different places, and the proportion counts users.',
    width: 640,
    height: 220,
    shapes: [
      ...axes({
        x,
        y: linear([0, 1], [bottom, 16]),
        xTicks: ticks([0, 40, 80, 120, 160]),
        yTicks: [],
        xLabel: 'characters edited',
      }),
      ...users.flatMap((values, row) => [
        words([52, rowAt(row) + 4.5], names[row] ?? '', { anchor: 'end' }),
        line(
          [
            [x.from, rowAt(row)],
            [x.to, rowAt(row)],
          ],
          { width: 1, opacity: 0.3 },
        ),
        ...values.map((value, place) =>
          dot([x.at(value), rowAt(row) + (value === 0 && place > 0 ? -8 : 0)], palette.ink, 4),
        ),
      ]),
      ...figures.flatMap(([, value, colour]) =>
        line(
          [
            [x.at(value), 16],
            [x.at(value), bottom],
          ],
          { colour, width: 2 },
        ),
      ),
      ...figures.map(([name, value, colour], row) =>
        words([456, 42 + row * 24], `${name}: ${value}`, { colour }),
      ),
      words([456, 42 + figures.length * 24], `proportion: ${share * users.length} of 4 users`, {
        colour: palette.green,
      }),
    ],
  });
}
