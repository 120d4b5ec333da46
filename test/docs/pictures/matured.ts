import { maturedBefore } from '../../../src/bucketing/cohort.js';
import { linear } from './chart.js';
import { palette } from './palette.js';
import { bar, drawing, line, words } from './shapes.js';

const dayMilliseconds = 86_400_000;
const start = Date.parse('2026-01-05T00:00:00Z');
const window = 7;
const today = 11.5;

export function matured(): string {
  const x = linear([0, 20], [40, 560]);
  const rowAt = (day: number) => 52 + day * 13;
  const before = maturedBefore(new Date(start + today * dayMilliseconds), `P${window}D`).getTime();
  const days = Array.from({ length: Math.ceil(today) }, (_, day) => day);
  const isMatured = (day: number) => start + day * dayMilliseconds < before;
  const bottom = rowAt(days.length);
  return drawing({
    title:
      'Units that came on the first four days have been observed for their whole window of seven days and are compared; later ones are provisional.',
    width: 640,
    height: bottom + 30,
    shapes: [
      words([40, 30], 'Who came on day 1, 2, 3, … is observed for a window of 7 days.'),
      ...days.map((day) =>
        bar(
          [x.at(day), rowAt(day)],
          [x.at(day + 1 + window), rowAt(day) + 9],
          isMatured(day) ? palette.blue : palette.ink,
          isMatured(day) ? 1 : 0.4,
        ),
      ),
      line(
        [
          [x.at(today), 40],
          [x.at(today), bottom + 6],
        ],
        { colour: palette.orange, width: 2 },
      ),
      words([x.at(today), bottom + 22], 'the report, on day 12', {
        colour: palette.orange,
        anchor: 'middle',
      }),
      words([x.at(8) + 160, rowAt(1) + 9], 'matured: compared', { colour: palette.blue }),
      words([40, rowAt(8) + 9], 'provisional: counted'),
      words([40, rowAt(9) + 13], 'in the means, not'),
      words([40, rowAt(11) + 4], 'compared yet'),
    ],
  });
}
