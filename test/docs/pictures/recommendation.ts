import { assembleReport, type Report } from '../../../src/analysis/report.js';
import { dataWith } from '../../analysis/metric-fixtures.js';
import { cost, pair, planned, rating, sourcesOf, type Figures } from '../../analysis/report-fixtures.js';
import { axes, linear, ticks } from './chart.js';
import { palette, type Colour } from './palette.js';
import { bar, drawing, line, whisker, words } from './shapes.js';

const minimumEffect = 0.2;
const margin = 0.1;

interface Case {
  readonly units: number;
  readonly difference: number;
  /** What the treatment costs, as a multiple of the control. */
  readonly cost?: number;
  readonly note?: string;
}

const cases: readonly Case[] = [
  { units: 2_000, difference: 0.35 },
  { units: 2_000, difference: 0.35, cost: 4, note: ', at 4 × the cost' },
  { units: 700, difference: 0.1 },
  { units: 3_000, difference: 0.04 },
  { units: 5_200, difference: 0, cost: 0.7, note: ', for 30 % less' },
  { units: 1_500, difference: -0.3 },
];

/** What the report says of a treatment that is rated so much above a control of 4. */
function reportOf({ units, difference, cost: ratio = 1 }: Case): Report {
  const experiment = planned({ minimumEffect, margin });
  const ratings: readonly [Figures, Figures] = [
    [units, 4, 1],
    [units, 4 + difference, 1],
  ];
  const costs: readonly [Figures, Figures] = [
    [units, 0.03, 1e-4],
    [units, 0.03 * ratio, 1e-4],
  ];
  const metrics = [dataWith(pair(...ratings), rating), dataWith(pair(...costs), cost, 'guardrail')];
  return assembleReport(sourcesOf(experiment, metrics));
}

const colours: Readonly<Partial<Record<Report['recommendation']['action'], Colour>>> = {
  SHIP: palette.green,
  SHIP_CHEAPER: palette.green,
  STOP_HARM: palette.red,
  NO_DIFFERENCE: palette.blue,
  KEEP_CONTROL: palette.orange,
};

export function recommendation(): string {
  const x = linear([-0.5, 0.5], [205, 500]);
  const rowAt = (row: number) => 58 + row * 28;
  const bottom = rowAt(cases.length) - 8;
  const upright = (value: number, colour: Colour) =>
    line(
      [
        [x.at(value), 40],
        [x.at(value), bottom],
      ],
      { colour, dashed: true },
    );
  return drawing({
    title:
      'Six intervals under repeated looks and what the report recommends for each, with a minimum effect of 0.2 and a margin of 0.1.',
    width: 640,
    height: bottom + 44,
    shapes: [
      bar([x.at(-minimumEffect), 40], [x.at(minimumEffect), bottom], palette.ink, 0.1),
      ...axes({
        x,
        y: linear([0, 1], [bottom, 40]),
        xTicks: ticks([-0.4, -0.2, 0, 0.2, 0.4]),
        yTicks: [],
        xLabel: 'difference in rating, interval under repeated looks',
      }),
      upright(0, palette.ink),
      upright(-margin, palette.purple),
      words([x.at(-margin) - 4, 30], 'margin', { colour: palette.purple, size: 12, anchor: 'end' }),
      words([x.at(0), 30], 'grey: below the minimum effect', { size: 12 }),
      ...cases.flatMap((each, row) => {
        const { metrics, recommendation: advice } = reportOf(each);
        const [low, high] = metrics[0]?.comparisons[0]?.sequential?.interval ?? [NaN, NaN];
        const colour = colours[advice.action] ?? palette.ink;
        const height = rowAt(row);
        const name = `${each.units.toLocaleString('en-US')} units${each.note ?? ''}`;
        return [
          words([196, height + 4.5], name, { anchor: 'end', size: 12 }),
          whisker(
            [
              [x.at(low), height],
              [x.at(high), height],
            ],
            [x.at(each.difference), height],
            colour,
          ),
          words([512, height + 4.5], advice.action, { colour, size: 12, bold: true }),
        ];
      }),
    ],
  });
}
