import {
  adaptiveDifference,
  adaptiveMean,
  type AdaptiveEpoch,
  type AdaptiveEstimate,
} from '../../../src/statistics/adaptive-estimate.js';
import { confidenceSequence } from '../../../src/statistics/confidence-sequence.js';
import { testDifference } from '../../../src/statistics/difference.js';
import type { Insufficient } from '../../../src/statistics/estimate.js';
import { live, thompson, type World } from './bandit-world.js';
import { bar, type Run } from './bar.js';
import { mean, share, type Figure, type Reading } from './figure.js';
import { naiveThreshold } from './naive.js';

const alpha = 0.05;
const replications = 2_000;
const batches = 20;

/** 10 000 users whose weights follow the data in 20 steps. */
function world(rates: World['rates'], floor: number): World {
  const weighing = thompson(rates(0).length, floor, 100);
  return { rates, batchSize: 500, batches, delay: 0, weighing };
}

interface Coverage {
  readonly naive: Figure;
  readonly naiveAnytime: Figure;
  readonly naiveBias: Figure;
  readonly final: Figure;
  readonly bias: Figure;
  readonly anytime: Figure;
}

/** How often intervals for the difference of two variants hold the truth: at the end, and at every look. */
function differenceCoverage(run: Run, bandit: World, effect: number): Coverage {
  const held = { naive: 0, naiveAnytime: 0, final: 0, anytime: 0 };
  const [naives, finals]: [number[], number[]] = [[], []];
  for (const draws of run.times(replications)) {
    const epochs: AdaptiveEpoch[] = [];
    let [missed, naiveMissed] = [false, false];
    for (const epoch of live(draws, bandit)) {
      epochs.push(epoch);
      naiveMissed ||= !naiveHolds(epochs, effect);
      missed ||= !sequenceHolds(epochs, effect);
    }
    const final = adaptiveDifference(epochs, 0, 1, { centring: 'epoch' });
    held.naive += naiveHolds(epochs, effect) ? 1 : 0;
    held.naiveAnytime += naiveMissed ? 0 : 1;
    held.final += intervalHolds(final, effect) ? 1 : 0;
    held.anytime += missed ? 0 : 1;
    naives.push(plainDifference(epochs).difference - effect);
    if (final.status === 'ok') finals.push(final.value - effect);
  }
  const count = naives.length;
  return {
    naive: share(held.naive, count),
    naiveAnytime: share(held.naiveAnytime, count),
    naiveBias: mean(naives),
    final: share(held.final, count),
    bias: mean(finals),
    anytime: share(held.anytime, count),
  };
}

/** The difference of plain means with its standard error: the article's. */
function plainDifference(epochs: readonly AdaptiveEpoch[]): { difference: number; standardError: number } {
  const [control, treatment] = [0, 1].map((variant) => {
    const units = epochs.reduce((sum, { variants }) => sum + (variants[variant]?.units ?? 0), 0);
    const sum = epochs.reduce((total, { variants }) => total + (variants[variant]?.sum ?? 0), 0);
    return { rate: sum / units, variance: ((sum / units) * (1 - sum / units)) / units };
  });
  return {
    difference: (treatment?.rate ?? NaN) - (control?.rate ?? NaN),
    standardError: Math.sqrt((control?.variance ?? NaN) + (treatment?.variance ?? NaN)),
  };
}

function naiveHolds(epochs: readonly AdaptiveEpoch[], truth: number): boolean {
  const { difference, standardError } = plainDifference(epochs);
  return Math.abs(difference - truth) <= naiveThreshold * standardError;
}

function intervalHolds(estimate: AdaptiveEstimate | Insufficient, truth: number): boolean {
  if (estimate.status !== 'ok') return false;
  const known = {
    difference: estimate.value,
    variance: estimate.standardError ** 2,
    degreesOfFreedom: Math.max(1, estimate.effectiveUnits - 1),
  };
  const [low, high] = testDifference(known, alpha).interval;
  return low <= truth && truth <= high;
}

function sequenceHolds(epochs: readonly AdaptiveEpoch[], truth: number): boolean {
  const estimate = adaptiveDifference(epochs, 0, 1, { centring: 'epoch' });
  if (estimate.status !== 'ok') return true;
  const look = {
    estimate: estimate.value,
    standardError: estimate.standardError,
    informationFraction: epochs.length / batches,
  };
  const sequence = confidenceSequence(look, alpha);
  return sequence.status !== 'ok' || (sequence.interval[0] <= truth && truth <= sequence.interval[1]);
}

function readings({ naive, naiveAnytime, naiveBias, final, bias, anytime }: Coverage): Reading[] {
  return [
    { name: 'plain means, final interval (naive)', figure: naive },
    { name: 'plain means, intervals at all looks (naive)', figure: naiveAnytime },
    { name: 'plain means, bias (naive)', figure: naiveBias, unit: 'number' },
    { name: 'weighted by propensity, final interval', figure: final, atLeast: 0.925 },
    {
      name: 'weighted by propensity, bias',
      figure: bias,
      unit: 'number',
      atLeast: -0.002,
      atMost: 0.002,
    },
    { name: 'weighted by propensity, confidence sequence at all looks', figure: anytime, atLeast: 0.95 },
  ];
}

describe('intervals after a bandit', () => {
  bar('7a', 'Thompson sampling, floor 5 %, no effect, rate 0.1', (run) =>
    readings(
      differenceCoverage(
        run,
        world(() => [0.1, 0.1], 0.05),
        0,
      ),
    ),
  );

  /** From the first batch to the last. */
  const drifting = (batch: number): number => 0.1 + (0.15 * batch) / (batches - 1);

  bar('7b', 'the same while the rate of everyone drifts from 0.1 to 0.25', (run) =>
    readings(
      differenceCoverage(
        run,
        world((batch) => [drifting(batch), drifting(batch)], 0.05),
        0,
      ),
    ),
  );

  bar('7b', 'the same with a true effect of 0.03', (run) =>
    readings(
      differenceCoverage(
        run,
        world((batch) => [drifting(batch), drifting(batch) + 0.03], 0.05),
        0.03,
      ),
    ),
  );

  bar('7c', "each variant's mean, floor 1 %, no effect, rate 0.1", (run) =>
    [2, 3].flatMap((variants) => meanCoverage(run, variants)),
  );
});

/** Coverage of each variant's own mean, all variants together. */
function meanCoverage(run: Run, variants: number): Reading[] {
  const rate = 0.1;
  const places = Array.from({ length: variants }, (_, place) => place);
  const bandit = world(() => places.map(() => rate), 0.01);
  let [naive, held, count] = [0, 0, 0];
  const [naives, errors]: [number[], number[]] = [[], []];
  for (const draws of run.times(replications)) {
    const epochs = [...live(draws, bandit)];
    count += 1;
    for (const place of places) {
      const units = epochs.reduce((sum, epoch) => sum + (epoch.variants[place]?.units ?? 0), 0);
      const plain = epochs.reduce((sum, epoch) => sum + (epoch.variants[place]?.sum ?? 0), 0) / units;
      const estimate = adaptiveMean(epochs, place, { centring: 'epoch' });
      const reach = naiveThreshold * Math.sqrt((plain * (1 - plain)) / units);
      naive += Math.abs(plain - rate) <= reach ? 1 / variants : 0;
      held += intervalHolds(estimate, rate) ? 1 / variants : 0;
      naives.push(plain - rate);
      if (estimate.status === 'ok') errors.push(estimate.value - rate);
    }
  }
  const name = `${variants} variants:`;
  return [
    { name: `${name} plain means (naive)`, figure: share(naive, count) },
    { name: `${name} plain means, bias (naive)`, figure: mean(naives), unit: 'number' },
    { name: `${name} weighted by propensity`, figure: share(held, count), atLeast: 0.93 },
    { name: `${name} weighted by propensity, bias`, figure: mean(errors), unit: 'number' },
  ];
}
