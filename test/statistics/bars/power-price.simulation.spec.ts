import { confidenceSequence } from '../../../src/statistics/confidence-sequence.js';
import { findRoot } from '../../../src/statistics/find-root.js';
import { repeatedInterval } from '../../../src/statistics/group-sequential.js';
import { emptyMoments, mergeMoments } from '../../../src/statistics/merge-moments.js';
import { sumOfQuantiles } from '../../../src/statistics/power.js';
import { welch } from '../../../src/statistics/welch.js';
import { bar, type Run } from './bar.js';
import { exact, share, type Figure, type Reading } from './figure.js';
import { alpha, criticalValues, informationFractions, looks } from './repeated-looks.js';
import { normalMoments } from './unit-data.js';

const power = 0.8;
/** Standard errors that an effect is large when one look finds it with this power. */
const found = sumOfQuantiles(alpha, power);

type Stops = (estimate: number, standardError: number, look: number) => boolean;

const groupSequential: Stops = (estimate, standardError, look) => {
  const [low, high] = repeatedInterval(estimate, standardError, criticalValues[look] ?? Infinity);
  return low > 0 || high < 0;
};

const sequence: Stops = (estimate, standardError, look) => {
  const informationFraction = informationFractions[look] ?? 1;
  const result = confidenceSequence({ estimate, standardError, informationFraction }, alpha);
  return result.status === 'ok' && (result.interval[0] > 0 || result.interval[1] < 0);
};

/** Estimates at the looks of experiments without an effect, in standard errors of the last look. */
function noisePaths(run: Run, replications: number): Float64Array[] {
  const paths: Float64Array[] = [];
  for (const draws of run.times(replications)) {
    let score = 0;
    paths.push(
      Float64Array.from(informationFractions, (fraction) => {
        score += draws.normal() / Math.sqrt(looks);
        return score / fraction;
      }),
    );
  }
  return paths;
}

interface Outcome {
  readonly power: Figure;
  /** Units until it stops, on average, over the units of a test with one look. */
  readonly averageUnits: number;
}

/** What a rule finds with `ratio` times the units of a test with one look. */
function outcome(paths: readonly Float64Array[], ratio: number, stops: Stops): Outcome {
  const effect = found * Math.sqrt(ratio);
  let [hits, units] = [0, 0];
  for (const path of paths) {
    let look = 0;
    const stopsNow = (): boolean =>
      stops((path[look] ?? 0) + effect, 1 / Math.sqrt(informationFractions[look] ?? 1), look);
    while (look < looks && !stopsNow()) look += 1;
    hits += look < looks ? 1 : 0;
    units += ratio * (informationFractions[look] ?? 1);
  }
  return { power: share(hits, paths.length), averageUnits: units / paths.length };
}

/** The ratio at which the rule has its power, with the error that the power's error makes. */
function priceOf(paths: readonly Float64Array[], stops: Stops): Figure {
  const shortfall = (ratio: number): number => outcome(paths, ratio, stops).power.value - power;
  const value = findRoot(shortfall, 0.9, 2.5, 1e-4);
  const slope = (shortfall(value * 1.05) - shortfall(value / 1.05)) / (value * (1.05 - 1 / 1.05));
  return {
    value,
    error: share(power * paths.length, paths.length).error / slope,
    replications: paths.length,
  };
}

describe('what repeated looks cost', () => {
  bar('6', 'largest number of users for 80 % power over that of one look, 14 looks', (run) => {
    const paths = noisePaths(run, 100_000);
    const [staged, mixture] = [priceOf(paths, groupSequential), priceOf(paths, sequence)];
    const averageOf = (price: Figure, stops: Stops): Figure =>
      exact(outcome(paths, price.value, stops).averageUnits, paths.length);
    return [
      { name: 'group sequential test', figure: staged, unit: 'number', atMost: 1.06 },
      {
        name: 'group sequential test: users on average when the effect is there',
        figure: averageOf(staged, groupSequential),
        unit: 'number',
      },
      { name: 'confidence sequence', figure: mixture, unit: 'number', atMost: 1.8 },
      {
        name: 'confidence sequence: users on average when the effect is there',
        figure: averageOf(mixture, sequence),
        unit: 'number',
      },
    ];
  });

  bar('6', 'power of the confidence sequence with the users of one look, 14 looks', (run) =>
    [500, 5_000, 100_000, 1_000_000].flatMap((users) => powerAt(run, users)),
  );
});

/** Users for whom GrowthBook's sequence is tuned in every experiment. */
const peerTuning = 5_000;

function powerAt(run: Run, users: number): Reading[] {
  const perVariant = users / 2;
  const effect = found * Math.sqrt(2 / perVariant);
  let [tuned, peer, count] = [0, 0, 0];
  for (const draws of run.times(100_000)) {
    let [control, treatment] = [emptyMoments, emptyMoments];
    let [foundTuned, foundPeer] = [false, false];
    for (let look = 0; look < looks && !(foundTuned && foundPeer); look += 1) {
      const arriving = Math.round((perVariant * (look + 1)) / looks) - control.units;
      control = mergeMoments([control, normalMoments(draws, arriving)]);
      treatment = mergeMoments([treatment, normalMoments(draws, arriving, effect)]);
      const comparison = welch(control, treatment, alpha);
      if (comparison.status !== 'ok') continue;
      const { difference, standardError } = comparison;
      const excludes = (informationFraction: number): boolean => {
        const at = confidenceSequence({ estimate: difference, standardError, informationFraction }, alpha);
        return at.status === 'ok' && (at.interval[0] > 0 || at.interval[1] < 0);
      };
      foundTuned ||= excludes(control.units / perVariant);
      foundPeer ||= excludes((2 * control.units) / peerTuning);
    }
    count += 1;
    tuned += foundTuned ? 1 : 0;
    peer += foundPeer ? 1 : 0;
  }
  const name = `${users.toLocaleString('en').replaceAll(',', ' ')} users`;
  return [
    { name: `${name}, tuned to ${peerTuning} whatever the plan`, figure: share(peer, count) },
    { name: `${name}, tuned to the plan`, figure: share(tuned, count), atLeast: 0.47 },
  ];
}
