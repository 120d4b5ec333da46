import { compareEstimates, type Difference } from '../../../src/statistics/difference.js';
import {
  predictionPoweredMean,
  type JudgedItems,
  type PredictionPowered,
} from '../../../src/statistics/prediction-powered.js';
import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { mean, share, type Figure } from './figure.js';
import { naiveThreshold } from './naive.js';

const alpha = 0.05;
const quality = 0.6;
const [labelled, judged] = [300, 5_000];

/** How often a judge sees what is good, and what is bad. */
interface Judge {
  readonly sensitivity: number;
  readonly specificity: number;
}

function items(draws: Draws, { sensitivity, specificity }: Judge): JudgedItems {
  const label = (good: 0 | 1): 0 | 1 => draws.coin(good === 1 ? sensitivity : 1 - specificity);
  const human = Array.from({ length: labelled }, () => draws.coin(quality));
  return {
    human,
    judgeOnSame: human.map(label),
    judgeElsewhere: Array.from({ length: judged }, () => label(draws.coin(quality))),
  };
}

function estimate(variant: JudgedItems, reliance?: number): PredictionPowered {
  const result = predictionPoweredMean(variant, alpha, reliance);
  if (result.status !== 'ok') throw new Error(result.reason);
  return result;
}

function difference(control: JudgedItems, treatment: JudgedItems, reliance?: number): Difference {
  const result = compareEstimates(estimate(control, reliance), estimate(treatment, reliance), alpha);
  if (result.status !== 'ok') throw new Error(result.status);
  return result;
}

/** The judge's labels for the truth. */
function judgeAlone(control: JudgedItems, treatment: JudgedItems): { difference: number; holds: boolean } {
  const rates = [control, treatment].map(({ judgeElsewhere }) => mean(judgeElsewhere).value);
  const [a = NaN, b = NaN] = rates;
  const standardError = Math.sqrt((a * (1 - a) + b * (1 - b)) / judged);
  return { difference: b - a, holds: Math.abs(b - a) <= naiveThreshold * standardError };
}

interface Outcome {
  readonly judgeBias: Figure;
  readonly judgeHolds: Figure;
  readonly humanHolds: Figure;
  readonly humanWidth: Figure;
  readonly holds: Figure;
  /** Width over that of people alone, in each replication. */
  readonly widthRatio: Figure;
}

/** Two variants of equal quality, and a judge who may be differently wrong about them. */
function compare(run: Run, onControl: Judge, onTreatment: Judge): Outcome {
  const [biases, widths, ratios]: [number[], number[], number[]] = [[], [], []];
  let [judgeHolds, humanHolds, holds] = [0, 0, 0];
  const contains = ({ interval: [low, high] }: Difference): number => (low <= 0 && high >= 0 ? 1 : 0);
  const widthOf = ({ interval: [low, high] }: Difference): number => high - low;
  for (const draws of run.times(1_500)) {
    const [control, treatment] = [items(draws, onControl), items(draws, onTreatment)];
    const naive = judgeAlone(control, treatment);
    const human = difference(control, treatment, 0);
    const powered = difference(control, treatment);
    biases.push(naive.difference);
    judgeHolds += naive.holds ? 1 : 0;
    humanHolds += contains(human);
    holds += contains(powered);
    widths.push(widthOf(human));
    ratios.push(widthOf(powered) / widthOf(human));
  }
  return {
    judgeBias: mean(biases),
    judgeHolds: share(judgeHolds, biases.length),
    humanHolds: share(humanHolds, biases.length),
    humanWidth: mean(widths),
    holds: share(holds, biases.length),
    widthRatio: mean(ratios),
  };
}

describe('a judge model with 300 human labels', () => {
  bar('20', 'judge right in 90 % and 70 % on the control, 95 % and 55 % on the treatment', (run) => {
    const biased = compare(
      run,
      { sensitivity: 0.9, specificity: 0.7 },
      { sensitivity: 0.95, specificity: 0.55 },
    );
    return [
      { name: 'judge alone: bias (naive)', figure: biased.judgeBias, unit: 'number' },
      { name: 'judge alone: interval holds the truth (naive)', figure: biased.judgeHolds },
      { name: 'people alone: interval holds the truth', figure: biased.humanHolds },
      { name: 'people alone: width', figure: biased.humanWidth, unit: 'number' },
      { name: 'judge corrected by people: interval holds the truth', figure: biased.holds, atLeast: 0.935 },
      {
        name: 'judge corrected by people: width over that of people alone',
        figure: biased.widthRatio,
        unit: 'number',
        atMost: 0.83,
      },
    ];
  });

  bar('20', 'judge right in 95 % and 92 % on both', (run) => {
    const good = { sensitivity: 0.95, specificity: 0.92 };
    const { holds, widthRatio } = compare(run, good, good);
    return [
      { name: 'judge corrected by people: interval holds the truth', figure: holds, atLeast: 0.935 },
      {
        name: 'judge corrected by people: width over that of people alone',
        figure: widthRatio,
        unit: 'number',
        atMost: 0.57,
      },
    ];
  });
});
