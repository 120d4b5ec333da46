import { normalDensity } from '../../../src/statistics/distributions.js';
import { bestVariant } from '../../../src/analysis/comparison/best-variant.js';
import { axes, curve, linear, placed, ticks } from './chart.js';
import { palette, type Colour } from './palette.js';
import { drawing, line, words } from './shapes.js';

const variants: readonly (readonly [string, number, number, Colour])[] = [
  ['control', 3.9, 0.04, palette.ink],
  ['shorter', 3.98, 0.05, palette.orange],
  ['warmer', 4.03, 0.06, palette.blue],
];

export function best(): string {
  const x = linear([3.75, 4.25], [40, 400]);
  const y = linear([0, 10.5], [180, 30]);
  const chances = bestVariant(
    variants.map(([variant, value, error]) => ({
      variant,
      estimate: { status: 'ok', value, variance: error ** 2, units: 1_000 },
    })),
    'increase',
  );
  const shown = (value: number | null, digits: number) => (value ?? NaN).toFixed(digits);
  return drawing({
    title:
      'What is believed of the rating of three variants: three overlapping bells, with the chance of each to be the best and what choosing it would lose on average.',
    width: 640,
    height: 226,
    shapes: [
      ...axes({ x, y, xTicks: ticks([3.8, 3.9, 4, 4.1, 4.2]), yTicks: [], xLabel: 'mean rating' }),
      ...variants.map(([, value, error, colour]) =>
        line(
          placed(
            curve([3.75, 4.25], 100, (rating) => normalDensity((rating - value) / error) / error),
            x,
            y,
          ),
          { colour, width: 2 },
        ),
      ),
      words([530, 50], 'probability', { anchor: 'end', size: 12 }),
      words([530, 66], 'of being best', { anchor: 'end', size: 12 }),
      words([632, 50], 'expected loss', { anchor: 'end', size: 12 }),
      words([632, 66], '(stars)', { anchor: 'end', size: 12 }),
      ...variants.flatMap(([name, , , colour], row) => {
        const found = chances.find(({ variant }) => variant === name);
        const height = 96 + row * 26;
        return [
          words([410, height], name, { colour, bold: true }),
          words([530, height], shown(found?.probabilityBest ?? null, 2), { colour, anchor: 'end' }),
          words([632, height], shown(found?.expectedLoss ?? null, 3), { colour, anchor: 'end' }),
        ];
      }),
    ],
  });
}
