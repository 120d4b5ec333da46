import {
  fiellerInterval,
  relativeDifference,
  type RelativeComparison,
} from '../../../src/statistics/relative-difference.js';
import { unitMean } from '../../../src/statistics/welch.js';
import { bar, type Run } from './bar.js';
import { share, type Reading } from './figure.js';
import { naiveThreshold } from './naive.js';
import { binaryMoments } from './unit-data.js';

const alpha = 0.05;
const units = 500;
const rate = 0.02;

/** Where the truth lies: in the interval, below it or above it. */
type Side = 'inside' | 'below' | 'above';
type Sides = Record<Side, number>;

function sideOf(low: number, high: number, truth: number): Side {
  return truth < low ? 'below' : truth > high ? 'above' : 'inside';
}

function sideOfComparison(comparison: RelativeComparison, truth: number): Side {
  // Without bounds nothing is excluded.
  if (comparison.status !== 'ok') return 'inside';
  return sideOf(...comparison.interval, truth);
}

interface Answer {
  readonly log: Side;
  readonly fieller: Side;
  readonly delta: Side;
}

/** Of so many successes: the same in every replication that has as many. */
function answer(control: number, treatment: number, truth: number): Answer {
  const [a, b] = [unitMean(binaryMoments(control, units)), unitMean(binaryMoments(treatment, units))];
  return {
    log: sideOfComparison(relativeDifference(a, b, alpha), truth),
    fieller: sideOfComparison(fiellerInterval(a, b, alpha), truth),
    delta: deltaSide(control / units, treatment / units, truth),
  };
}

/** The delta method around b / a − 1. */
function deltaSide(a: number, b: number, truth: number): Side {
  if (a === 0) return 'inside';
  const variance = (b * (1 - b)) / units / a ** 2 + ((b / a) ** 2 * (a * (1 - a))) / units / a ** 2;
  const reach = naiveThreshold * Math.sqrt(variance);
  return sideOf(b / a - 1 - reach, b / a - 1 + reach, truth);
}

function coverage(run: Run, truth: number): Reading[] {
  const answers = new Map<number, Answer>();
  const none = (): Sides => ({ inside: 0, below: 0, above: 0 });
  const counts = { log: none(), fieller: none(), delta: none() };
  let count = 0;
  for (const draws of run.times(200_000)) {
    const control = draws.binomial(units, rate);
    const treatment = draws.binomial(units, rate * (1 + truth));
    const key = control * (units + 1) + treatment;
    const found = answers.get(key) ?? answer(control, treatment, truth);
    answers.set(key, found);
    count += 1;
    counts.log[found.log] += 1;
    counts.fieller[found.fieller] += 1;
    counts.delta[found.delta] += 1;
  }
  const effect = `+${100 * truth} %`;
  const demanded = (name: string, { inside, below, above }: Sides): Reading[] => [
    { name: `${effect}: ${name}`, figure: share(inside, count), atLeast: 0.94 },
    { name: `${effect}: ${name}, truth below it`, figure: share(below, count), atMost: 0.04 },
    { name: `${effect}: ${name}, truth above it`, figure: share(above, count), atMost: 0.04 },
  ];
  return [
    { name: `${effect}: delta method (naive)`, figure: share(counts.delta.inside, count) },
    { name: `${effect}: delta method, truth above it (naive)`, figure: share(counts.delta.above, count) },
    ...demanded('logarithm', counts.log),
    ...demanded('Fieller', counts.fieller),
  ];
}

describe('relative differences of rare successes', () => {
  bar('18', 'how often the 95 % interval holds the truth, rate 0.02, 500 users per variant', (run) =>
    [0, 0.5].flatMap((truth) => coverage(run, truth)),
  );
});
