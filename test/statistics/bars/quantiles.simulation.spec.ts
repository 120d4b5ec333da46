import {
  clusteredQuantile,
  quantileEstimate,
  quantileInterval,
  type ClusteredQuantile,
} from '../../../src/statistics/clustered-quantile.js';
import type { Insufficient } from '../../../src/statistics/estimate.js';
import { orderStatisticInterval, quantile } from '../../../src/statistics/quantile.js';
import {
  mergeSketches,
  sketchCount,
  sketchOf,
  sketchQuantile,
  sketchValueAt,
} from '../../../src/statistics/quantile-sketch.js';
import { logInterval } from '../../../src/statistics/relative-difference.js';
import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { share, type Figure } from './figure.js';
import { naiveThreshold } from './naive.js';

const alpha = 0.05;
const level = 0.95;
const users = 200;

/** Latencies in ms, one list per user: lognormal events, a geometric number of them (mean 10), ICC 0.3 of the logarithms. */
function latencies(draws: Draws): number[][] {
  return Array.from({ length: users }, () => {
    const own = Math.sqrt(0.3) * draws.normal();
    return Array.from({ length: draws.geometric(10) }, () =>
      Math.exp(7 + 0.5 * (own + Math.sqrt(0.7) * draws.normal())),
    );
  });
}

/** From one sketch per user: the quantile of all together, and each user's events at or below it. */
function sketched(values: readonly (readonly number[])[]): ClusteredQuantile | Insufficient {
  const sketches = values.map((own) => sketchOf(own));
  const all = mergeSketches(sketches);
  const value = sketchQuantile(all, level) ?? NaN;
  const bin = Math.max(...[...all.bins.keys()].filter((key) => (binValue(key) ?? Infinity) <= value));
  return quantileInterval({
    value,
    ranks: sketches.map((sketch) => ({
      events: sketchCount(sketch),
      atOrBelow: [...sketch.bins].reduce((sum, [key, count]) => (key <= bin ? sum + count : sum), 0),
    })),
    level,
    alpha,
    quantileAt: (rank) => sketchValueAt(all, rank),
  });
}

function binValue(bin: number): number | null {
  return sketchValueAt({ bins: new Map([[bin, 1]]), zeros: 0 }, 1);
}

function isDifferent(
  control: ClusteredQuantile | Insufficient,
  treatment: ClusteredQuantile | Insufficient,
): number {
  if (control.status !== 'ok' || treatment.status !== 'ok') return 0;
  const result = logInterval(quantileEstimate(control), quantileEstimate(treatment), alpha);
  return result.status === 'ok' && (result.interval[0] > 0 || result.interval[1] < 0) ? 1 : 0;
}

/** The interval of a quantile as if every event were of another user. */
function independentScore(control: readonly number[][], treatment: readonly number[][]): number {
  const [a, b] = [control, treatment].map((values) => {
    const sorted = values.flat().sort((x, y) => x - y);
    const [low, high] = orderStatisticInterval(sorted, level, alpha).interval;
    return { log: Math.log(quantile(sorted, level, 'observed') ?? NaN), width: Math.log(high / low) };
  });
  const standardError = Math.hypot(a?.width ?? NaN, b?.width ?? NaN) / (2 * naiveThreshold);
  return ((b?.log ?? NaN) - (a?.log ?? NaN)) / standardError;
}

function falseAlarms(run: Run): Record<'independent' | 'exact' | 'sketch', Figure> {
  const found = { independent: 0, exact: 0, sketch: 0 };
  let count = 0;
  for (const draws of run.times(3_000)) {
    const [control, treatment] = [latencies(draws), latencies(draws)];
    count += 1;
    found.independent += Math.abs(independentScore(control, treatment)) > naiveThreshold ? 1 : 0;
    found.exact += isDifferent(
      clusteredQuantile(control, level, alpha),
      clusteredQuantile(treatment, level, alpha),
    );
    found.sketch += isDifferent(sketched(control), sketched(treatment));
  }
  return {
    independent: share(found.independent, count),
    exact: share(found.exact, count),
    sketch: share(found.sketch, count),
  };
}

describe('p95 of variants that are alike', () => {
  bar('17', '200 users per variant, geometric numbers of events (mean 10), ICC 0.3', (run) => {
    const { independent, exact, sketch } = falseAlarms(run);
    const bounds = { atLeast: 0.035, atMost: 0.06 };
    return [
      { name: 'events as if independent (naive)', figure: independent },
      { name: 'users as clusters, all events kept', figure: exact, ...bounds },
      { name: 'users as clusters, sketches of 1 %', figure: sketch, ...bounds },
    ];
  });
});
