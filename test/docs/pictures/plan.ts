import { requiredUnits, type Sizing } from '../../../src/analysis/planning/required-units.js';
import {
  sequentialInflation,
  type SequentialPlan,
} from '../../../src/analysis/planning/sequential-inflation.js';
import { axes, curve, linear, logarithmic, placed, ticks } from './chart.js';
import { palette, type Colour } from './palette.js';
import { drawing, line, words } from './shapes.js';

const [alpha, power] = [0.05, 0.8];

/** Units per variant that find so many standard deviations. */
function unitsFor(sequential: SequentialPlan): (effect: number) => number {
  const sizing: Sizing = {
    baseline: { mean: 4, unitVariance: 1, isShare: false },
    direction: 'increase',
    alpha,
    power,
    shares: [0.5, 0.5],
    inflation: sequentialInflation({ sequential, alpha, power, looks: 14 }),
    covariateCorrelation: 0,
  };
  return (effect) => requiredUnits(sizing, effect) / 2;
}

export function plan(): string {
  const x = linear([0.05, 0.5], [70, 440]);
  const y = logarithmic([50, 20_000], [220, 40]);
  const designs: readonly (readonly [SequentialPlan, string, Colour])[] = [
    ['open', 'open: whenever you like', palette.purple],
    ['planned', 'planned: 14 looks', palette.blue],
    ['none', 'none: one look at the end', palette.orange],
  ];
  const found = designs.map(([design]) => Math.round(unitsFor(design)(0.1)));
  return drawing({
    title:
      'Units per variant against the smallest effect worth finding: half the effect takes four times the units; planned looks add 4 per cent, looks at any time about 90 per cent.',
    width: 640,
    height: 262,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([0.1, 0.2, 0.3, 0.4, 0.5]),
        yTicks: ticks([100, 1_000, 10_000], (value) => value.toLocaleString('en-US')),
        xLabel: 'minimum effect, in standard deviations',
        yLabel: 'units per variant, 80 % power',
      }),
      ...designs.map(([design, , colour]) =>
        line(placed(curve([0.05, 0.5], 60, unitsFor(design)), x, y), {
          colour,
          width: 2,
          dashed: design === 'none',
        }),
      ),
      words([456, 66], 'for 0.1:', { size: 12 }),
      ...designs.flatMap(([, name, colour], row) => [
        words([456, 90 + row * 38], name, { colour, size: 12 }),
        words([456, 106 + row * 38], (found[row] ?? 0).toLocaleString('en-US'), {
          colour,
          size: 12,
          bold: true,
        }),
      ]),
    ],
  });
}
