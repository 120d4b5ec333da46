import {
  clusteredPredictionPowered,
  type JudgedUnit,
} from '../../../src/statistics/clustered-prediction-powered.js';
import { compareEstimates, type Comparison } from '../../../src/statistics/difference.js';
import { unitMean } from '../../../src/statistics/welch.js';
import { Draws } from '../../statistics/bars/draws.js';
import { binaryMoments } from '../../statistics/bars/unit-data.js';
import { axes, linear, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, whisker, words } from './shapes.js';

const alpha = 0.05;
const labelled = 300;
const scored = 3_000;
/** Share of good answers, in both variants. */
const rate = 0.6;

/** What a judge says of good and of bad answers: the share that it calls good. */
interface Judge {
  readonly ofGood: number;
  readonly ofBad: number;
}

function judgedUnits(draws: Draws, { ofGood, ofBad }: Judge): JudgedUnit[] {
  return Array.from({ length: scored }, (_, unit) => {
    const label = draws.coin(rate);
    const score = draws.coin(label === 1 ? ofGood : ofBad);
    const isLabelled = unit < labelled;
    return {
      labelled: isLabelled ? 1 : 0,
      labels: isLabelled ? label : 0,
      judgeOnLabelled: isLabelled ? score : 0,
      spreadOnLabelled: 0,
      unlabelled: isLabelled ? 0 : 1,
      judgeElsewhere: isLabelled ? 0 : score,
      spreadElsewhere: 0,
    };
  });
}

function sumOf(units: readonly JudgedUnit[], valueOf: (unit: JudgedUnit) => number): number {
  return units.reduce((sum, unit) => sum + valueOf(unit), 0);
}

function people(units: readonly JudgedUnit[]) {
  return unitMean(
    binaryMoments(
      sumOf(units, ({ labels }) => labels),
      labelled,
    ),
  );
}

function judgeAlone(units: readonly JudgedUnit[]) {
  const sum = sumOf(units, ({ judgeOnLabelled, judgeElsewhere }) => judgeOnLabelled + judgeElsewhere);
  return unitMean(binaryMoments(sum, scored));
}

export function judge(): string {
  const draws = new Draws(31);
  const control = judgedUnits(draws, { ofGood: 0.95, ofBad: 0.1 });
  const treatment = judgedUnits(draws, { ofGood: 0.97, ofBad: 0.3 });
  const corrected = (units: readonly JudgedUnit[]) => clusteredPredictionPowered(units, 'interaction');
  const rows: readonly (readonly [string, Comparison, (typeof palette)['red' | 'ink' | 'blue']])[] = [
    [
      'judge alone, 3,000 scores',
      compareEstimates(judgeAlone(control), judgeAlone(treatment), alpha),
      palette.red,
    ],
    ['people alone, 300 labels', compareEstimates(people(control), people(treatment), alpha), palette.ink],
    [
      'judge, corrected by people',
      compareEstimates(corrected(control), corrected(treatment), alpha),
      palette.blue,
    ],
  ];
  const x = linear([-0.15, 0.2], [200, 600]);
  const rowAt = (row: number) => 36 + row * 36;
  const bottom = rowAt(rows.length) - 4;
  return drawing({
    title:
      'A judge that favours the style of one variant finds a difference that is not there; people alone give a wide interval around none; both together a narrower one.',
    width: 640,
    height: bottom + 46,
    shapes: [
      ...axes({
        x,
        y: linear([0, 1], [bottom, 16]),
        xTicks: ticks([-0.1, 0, 0.1, 0.2]),
        yTicks: [],
        xLabel: 'difference in the share of good answers; the truth is 0',
      }),
      line(
        [
          [x.at(0), 16],
          [x.at(0), bottom],
        ],
        { colour: palette.green, width: 2 },
      ),
      ...rows.flatMap(([name, comparison, colour], row) => {
        if (comparison.status !== 'ok') return [];
        const [low, high] = comparison.interval;
        return [
          words([190, rowAt(row) + 4.5], name, { anchor: 'end', colour, size: 12 }),
          whisker(
            [
              [x.at(low), rowAt(row)],
              [x.at(high), rowAt(row)],
            ],
            [x.at(comparison.difference), rowAt(row)],
            colour,
          ),
        ];
      }),
    ],
  });
}
