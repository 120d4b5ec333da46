import { confidenceSequence } from '../../../src/statistics/confidence-sequence.js';
import { mergeMoments, emptyMoments } from '../../../src/statistics/merge-moments.js';
import { noLooks, takeLook } from '../../../src/statistics/running-sequence.js';
import { welch } from '../../../src/statistics/welch.js';
import { Draws } from '../../statistics/bars/draws.js';
import { normalMoments } from '../../statistics/bars/unit-data.js';
import { axes, linear, logarithmic, placed, ticks } from './chart.js';
import { palette } from './palette.js';
import { dot, drawing, line, words } from './shapes.js';

const days = 28;
const perDay = 60;

/** Day by day, the p-value of a single look and the one that holds under repeated looks. */
export function dailyPValues(seed: number): { readonly single: number; readonly repeated: number }[] {
  const draws = new Draws(seed);
  let [control, treatment, sequence] = [emptyMoments, emptyMoments, noLooks];
  return Array.from({ length: days }, (_, day) => {
    control = mergeMoments([control, normalMoments(draws, perDay)]);
    treatment = mergeMoments([treatment, normalMoments(draws, perDay)]);
    const found = welch(control, treatment, 0.05);
    if (found.status !== 'ok') return { single: 1, repeated: 1 };
    const look = confidenceSequence(
      {
        estimate: found.difference,
        standardError: found.standardError,
        informationFraction: (day + 1) / days,
      },
      0.05,
    );
    if (look.status === 'ok') sequence = takeLook(sequence, look);
    return { single: found.pValue, repeated: sequence.pValue };
  });
}

export function flipFlop(): string {
  const x = linear([1, days], [60, 460]);
  const y = logarithmic([0.01, 1], [220, 40]);
  const found = dailyPValues(788);
  const along = (valueOf: (each: (typeof found)[number]) => number) =>
    placed(
      found.map((each, day) => [day + 1, valueOf(each)] as const),
      x,
      y,
    );
  const single = along((each) => each.single);
  return drawing({
    title:
      'Two variants that are alike: the p-value of a single look passes 0.05 on some days and not on others; the p-value under repeated looks never rises and stays far above.',
    width: 640,
    height: 262,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([1, 7, 14, 21, 28], (day) => `day ${day}`),
        yTicks: ticks([0.01, 0.05, 0.2, 1]),
        yLabel: 'p, of two variants that are alike',
      }),
      line(
        [
          [x.from, y.at(0.05)],
          [x.to, y.at(0.05)],
        ],
        { dashed: true },
      ),
      line(single, { colour: palette.orange, width: 1.5 }),
      ...single.map((point, day) =>
        dot(point, (found[day]?.single ?? 1) < 0.05 ? palette.red : palette.orange, 3),
      ),
      line(
        along((each) => each.repeated),
        { colour: palette.blue, width: 2 },
      ),
      words([468, y.at(found.at(-1)?.single ?? 1) + 4.5], 'pValue, one look', {
        colour: palette.orange,
        size: 12,
      }),
      words([468, y.at(found.at(-1)?.repeated ?? 1) + 4.5], 'sequential.pValue', {
        colour: palette.blue,
        size: 12,
      }),
    ],
  });
}
