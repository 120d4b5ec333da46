import { mixtureThreshold, mixtureTuning } from '../../../src/statistics/confidence-sequence.js';
import { designEffect } from '../../../src/statistics/clustered-power.js';
import { normalQuantile } from '../../../src/statistics/distributions.js';
import { groupSequentialBounds } from '../../../src/statistics/group-sequential.js';
import { carryOn, startPath, type PathDensity } from '../../../src/statistics/path-density.js';
import { axes, linear, percent, placed, ticks } from './chart.js';
import { palette, type Colour } from './palette.js';
import { dot, drawing, line, words } from './shapes.js';

const alpha = 0.05;
const looks = 28;
const fractions = Array.from({ length: looks }, (_, look) => (look + 1) / looks);

/** Look by look, the chance that some |z| so far has passed its bound although nothing differs. */
function falseAlarms(boundAt: (look: number) => number): number[] {
  let path: PathDensity = startPath;
  return fractions.map((fraction, look) => {
    path = carryOn(path, fraction, boundAt(look) * Math.sqrt(fraction), 2);
    return 1 - path.points.reduce((sum, { mass }) => sum + mass, 0);
  });
}

export function falseAlarmsOfLooking(): string {
  const x = linear([1, looks], [60, 430]);
  const y = linear([0, 1], [230, 40]);
  const single = -normalQuantile(alpha / 2);
  const inflation = Math.sqrt(designEffect({ eventsPerUnit: 10, intraclassCorrelation: 0.3 }));
  const tuned = mixtureTuning(alpha);
  const { alphaSpent } = groupSequentialBounds({
    informationFractions: fractions,
    alpha,
    sides: 2,
    spending: { kind: 'obrien-fleming' },
  });
  const rules: readonly (readonly [string, readonly number[], Colour, number])[] = [
    ['p < 0.05 on events', falseAlarms(() => single / inflation), palette.red, 0],
    ['p < 0.05 on units', falseAlarms(() => single), palette.orange, 0],
    ['group-sequential', alphaSpent, palette.blue, -14],
    [
      'confidence-sequence',
      falseAlarms((look) => mixtureThreshold(tuned * (fractions[look] ?? 1), alpha)),
      palette.purple,
      -3,
    ],
  ];
  const [events = 0, units = 0] = rules.map(([, shares]) => shares.at(-1) ?? 0);
  return drawing({
    title: `Looking every day for four weeks: p below 0.05 on units calls ${percent(units)} of experiments without a difference, on events ${percent(events)}; both methods for repeated looks stay at 5 % or below.`,
    width: 640,
    height: 280,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([1, 7, 14, 21, 28]),
        yTicks: ticks([0, 0.25, 0.5, 0.75, 1], percent),
        xLabel: 'daily looks so far',
        yLabel: 'experiments without a difference in which one was called',
      }),
      ...rules.flatMap(([name, shares, colour, shift]) => {
        const points = placed(
          shares.map((share, look) => [look + 1, share] as const),
          x,
          y,
        );
        const last = shares.at(-1) ?? 0;
        const shown = last < 0.1 ? `${Math.round(last * 1000) / 10} %` : percent(last);
        return [
          line(points, { colour, width: 2 }),
          dot(points.at(-1) ?? [0, 0], colour, 3),
          words([438, y.at(last) + 4.5 + shift], `${name}: ${shown}`, { colour, size: 12 }),
        ];
      }),
    ],
  });
}
