import { sampleRatioSequential } from '../../../src/statistics/sample-ratio.js';
import { Draws } from '../../statistics/bars/draws.js';
import { axes, linear, placed, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, words } from './shapes.js';

const most = 12_000;
const step = 100;

/** The base-10 logarithm of the e-value as units come, the treatment losing a share of its own. */
function path(draws: Draws, lost: number): (readonly [units: number, evidence: number])[] {
  let counts = [0, 0];
  const chance = (1 - lost) / (2 - lost);
  return Array.from({ length: most / step }, (_, place) => {
    const treatment = draws.binomial(step, chance);
    counts = [(counts[0] ?? 0) + step - treatment, (counts[1] ?? 0) + treatment];
    const found = sampleRatioSequential([{ weights: [0.5, 0.5], units: counts }]);
    return [(place + 1) * step, found.status === 'ok' ? found.logEValue / Math.LN10 : 0] as const;
  });
}

export function sampleRatio(): string {
  const draws = new Draws(3);
  const x = linear([0, most], [80, 480]);
  const y = linear([-2, 8], [220, 40]);
  const healthy = path(draws, 0);
  const broken = path(draws, 0.1);
  const superscripts: Readonly<Record<number, string>> = { 0: '1', 3: '1,000', 6: '1,000,000' };
  return drawing({
    title:
      'The e-value of the sample ratio: with an even split it falls as units come; when one variant loses a tenth of its units it passes the alarm level of 1,000 after some thousand units.',
    width: 640,
    height: 262,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([0, 3_000, 6_000, 9_000, 12_000], (value) => value.toLocaleString('en-US')),
        yTicks: ticks([0, 3, 6], (value) => superscripts[value] ?? ''),
        xLabel: 'units',
        yLabel: 'e-value',
      }),
      line(
        [
          [x.from, y.at(3)],
          [x.to, y.at(3)],
        ],
        { colour: palette.orange, dashed: true },
      ),
      line(placed(healthy, x, y), { colour: palette.blue, width: 2 }),
      line(placed(broken, x, y), { colour: palette.red, width: 2 }),
      words([x.from + 8, y.at(3) - 8], 'SAMPLE_RATIO_MISMATCH', { colour: palette.orange, size: 12 }),
      words([488, y.at(healthy.at(-1)?.[1] ?? 0) + 4.5], 'as the weights say', {
        colour: palette.blue,
        size: 12,
      }),
      words([488, y.at(broken.at(-1)?.[1] ?? 0) + 4.5], 'a tenth of one lost', {
        colour: palette.red,
        size: 12,
      }),
    ],
  });
}
