import { adjustPValues } from '../../../src/statistics/adjust-p-values.js';
import { Draws } from '../../statistics/bars/draws.js';
import { axes, linear, percent, placed, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, words } from './shapes.js';

const alpha = 0.05;
const most = 16;
const experiments = 10_000;

export function several(): string {
  const draws = new Draws(5);
  const x = linear([1, most], [60, 470]);
  const y = linear([0, 0.6], [210, 40]);
  const counts = [1, 2, 4, 6, 8, 10, 12, 14, most];
  const found = counts.map((count) => {
    let [plain, corrected] = [0, 0];
    for (let experiment = 0; experiment < experiments; experiment += 1) {
      const pValues = Array.from({ length: count }, () => draws.uniform());
      plain += pValues.some((pValue) => pValue <= alpha) ? 1 : 0;
      corrected += adjustPValues(pValues, 'holm').some((pValue) => pValue <= alpha) ? 1 : 0;
    }
    return { count, plain: plain / experiments, corrected: corrected / experiments };
  });
  const along = (valueOf: (each: (typeof found)[number]) => number) =>
    placed(
      found.map((each) => [each.count, valueOf(each)] as const),
      x,
      y,
    );
  return drawing({
    title: `With sixteen comparisons and no difference anywhere, p below 0.05 calls at least one in ${percent(found.at(-1)?.plain ?? 0)} of experiments; Holm keeps that at ${percent(found.at(-1)?.corrected ?? 0)}.`,
    width: 640,
    height: 256,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([1, 4, 8, 12, 16]),
        yTicks: ticks([0, 0.2, 0.4, 0.6], percent),
        xLabel: 'comparisons (metrics × variants)',
        yLabel: 'at least one false alarm',
      }),
      line(
        along(({ plain }) => plain),
        { colour: palette.orange, width: 2 },
      ),
      line(
        along(({ corrected }) => corrected),
        { colour: palette.blue, width: 2 },
      ),
      words([478, y.at(found.at(-1)?.plain ?? 0) + 4.5], 'each p by itself', {
        colour: palette.orange,
        size: 12,
      }),
      words([478, y.at(0.05) + 4.5], 'corrected by Holm', { colour: palette.blue, size: 12 }),
    ],
  });
}
