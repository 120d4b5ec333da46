import { adaptiveEvidence } from '../../src/analysis/measurement/adaptive-evidence.js';
import type { MetricPeriod } from '../../src/analysis/measurement/metric-data.js';
import { variantData } from '../../src/analysis/measurement/variant-data.js';
import { weightPeriods } from '../../src/analysis/measurement/weight-periods.js';
import { bar, type Run } from '../statistics/bars/bar.js';
import { mean, share, type Figure } from '../statistics/bars/figure.js';
import {
  liveSegmented,
  metric,
  type Language,
  type SegmentedLife,
  type SegmentedWorld,
} from './segmented-world.js';

const keys = ['control', 'treatment'];
const segments = { attributes: ['language'], minimumUnits: 100 };
const life = { batchSize: 400, batches: 50, floor: 0.05 };

/** In each language the other variant is the better one, and no variant is better on the whole. */
const opposite: readonly Language[] = [
  { value: 'de', share: 0.5, rates: [0.1, 0.15] },
  { value: 'en', share: 0.5, rates: [0.15, 0.1] },
];

/** More users of one, who are harder to please: an average that leans to a leaf is off. */
const unequal: readonly Language[] = [
  { value: 'de', share: 0.7, rates: [0.1, 0.16] },
  { value: 'en', share: 0.25, rates: [0.35, 0.28] },
  { value: 'it', share: 0.05, rates: [0.2, 0.2] },
];

/** All languages agree: leaves can only cost. */
const alike: readonly Language[] = [
  { value: 'de', share: 0.5, rates: [0.1, 0.15] },
  { value: 'en', share: 0.5, rates: [0.1, 0.15] },
];

function regret(run: Run, world: SegmentedWorld): Figure {
  return mean(Array.from(run.times(60), (draws) => liveSegmented(draws, world).regret));
}

function periodsOf({ epochs, exposed, moments }: SegmentedLife): MetricPeriod[] {
  return weightPeriods(epochs).map(({ epochs: numbers, weights, stratum }) => ({
    propensities: keys.map((key) => weights[key] ?? 0),
    data: variantData(keys, metric.key, { exposed, moments }, null, numbers),
    ...(stratum === undefined ? {} : { stratum }),
  }));
}

interface Covered {
  readonly share: Figure;
  readonly bias: Figure;
}

/** How often the report's interval for the difference holds the truth, and how far its middle is off; with and without strata. */
function covered(run: Run, world: SegmentedWorld): { readonly strata: Covered; readonly pooled: Covered } {
  const truth = world.languages.reduce(
    (sum, { share: part, rates }) => sum + part * ((rates[1] ?? 0) - (rates[0] ?? 0)),
    0,
  );
  const [strata, pooled] = [new Coverage(truth), new Coverage(truth)];
  for (const draws of run.times(400)) {
    const periods = periodsOf(liveSegmented(draws, world));
    strata.add(periods);
    pooled.add(periods.map(({ stratum: _stratum, ...period }) => period));
  }
  return { strata: strata.figures(), pooled: pooled.figures() };
}

class Coverage {
  private held = 0;
  private readonly errors: number[] = [];

  constructor(private readonly truth: number) {}

  add(periods: readonly MetricPeriod[]): void {
    const evidence = adaptiveEvidence(metric, periods, 0.05);
    const [control, treatment] = evidence.estimates;
    if (!control || !treatment) return;
    const compared = evidence.compare(control, treatment);
    if (compared.status !== 'ok') return;
    const [low, high] = compared.interval;
    this.held += low <= this.truth && this.truth <= high ? 1 : 0;
    this.errors.push(compared.difference - this.truth);
  }

  figures(): Covered {
    return { share: share(this.held, this.errors.length), bias: mean(this.errors) };
  }
}

describe('a bandit with segments', () => {
  bar(
    '8',
    'successes lost: 20 000 users of two languages, rates 0.1 and 0.15, the other way round in each',
    (run) => {
      const parted = regret(run, { ...life, languages: opposite, segments });
      const together = regret(run, { ...life, languages: opposite, segments: null });
      return [
        { name: 'with a leaf for each', figure: parted, unit: 'number', atMost: together.value / 2 },
        { name: 'one set of weights', figure: together, unit: 'number' },
        {
          name: 'with leaves, where the languages agree',
          figure: regret(run, { ...life, languages: alike, segments }),
          unit: 'number',
        },
        {
          name: 'one set of weights, where they agree',
          figure: regret(run, { ...life, languages: alike, segments: null }),
          unit: 'number',
        },
      ];
    },
  );

  bar('4', 'the report’s intervals at 95 % after a bandit with leaves', (run) => {
    const even = covered(run, { ...life, languages: opposite, segments });
    const leaning = covered(run, { ...life, languages: unequal, segments });
    return [
      { name: 'opposite winners, halves: hold the difference', figure: even.strata.share, atLeast: 0.925 },
      {
        name: 'leaves of other sizes and rates: hold it',
        figure: leaning.strata.share,
        atLeast: 0.925,
      },
      { name: 'the same, error on average in points', figure: scaled(leaning.strata.bias), unit: 'number' },
      { name: 'the same without strata: hold it', figure: leaning.pooled.share },
      {
        name: 'the same without strata, error on average in points',
        figure: scaled(leaning.pooled.bias),
        unit: 'number',
      },
    ];
  });
});

function scaled({ value, error, replications }: Figure): Figure {
  return { value: 100 * value, error: 100 * error, replications };
}
