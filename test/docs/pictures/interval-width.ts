import { mixtureThreshold, mixtureTuning } from '../../../src/statistics/confidence-sequence.js';
import { normalQuantile } from '../../../src/statistics/distributions.js';
import { groupSequentialBounds } from '../../../src/statistics/group-sequential.js';
import { axes, curve, linear, percent, placed, ticks } from './chart.js';
import { palette } from './palette.js';
import { dot, drawing, line, words } from './shapes.js';

const alpha = 0.05;
const looks = 14;

/** Half widths, in standard errors that the planned number of units gives. */
export function intervalWidth(): string {
  const x = linear([0, 2], [60, 440]);
  const y = linear([0, 8], [230, 40]);
  const tuned = mixtureTuning(alpha);
  const fractions = Array.from({ length: looks }, (_, look) => (look + 1) / looks);
  const { criticalValues } = groupSequentialBounds({
    informationFractions: fractions,
    alpha,
    sides: 2,
    spending: { kind: 'obrien-fleming' },
  });
  const staged = fractions
    .map((fraction, look) => [fraction, (criticalValues[look] ?? Infinity) / Math.sqrt(fraction)] as const)
    .filter(([, width]) => width <= 8);
  const sequence = (fraction: number) => mixtureThreshold(tuned * fraction, alpha) / Math.sqrt(fraction);
  const single = (fraction: number) => -normalQuantile(alpha / 2) / Math.sqrt(fraction);
  return drawing({
    title: `At the planned number of units the group sequential interval reaches ${(criticalValues.at(-1) ?? NaN).toFixed(2)} standard errors to each side, the confidence sequence ${sequence(1).toFixed(2)}, a single look ${single(1).toFixed(2)}; early on the group sequential interval is the widest.`,
    width: 640,
    height: 280,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([0, 0.5, 1, 1.5, 2], percent),
        yTicks: ticks([0, 2, 4, 6, 8]),
        xLabel: 'units so far, of the planned number',
        yLabel: 'half width of the interval, in standard errors at the planned end',
      }),
      line(
        [
          [x.at(1), y.from],
          [x.at(1), y.to],
        ],
        { dashed: true },
      ),
      line(placed(curve([0.07, 2], 100, single), x, y), { colour: palette.orange, width: 2, dashed: true }),
      line(placed(curve([0.22, 2], 100, sequence), x, y), { colour: palette.purple, width: 2 }),
      line(placed(staged, x, y), { colour: palette.blue, width: 1 }),
      ...placed(staged, x, y).map((point) => dot(point, palette.blue, 3)),
      words([452, 92], 'group-sequential, 14 looks', { colour: palette.blue, size: 12 }),
      words([452, 112], 'confidence-sequence', { colour: palette.purple, size: 12 }),
      words([452, 132], 'one look, no right to', { colour: palette.orange, size: 12 }),
      words([452, 148], 'another', { colour: palette.orange, size: 12 }),
    ],
  });
}
