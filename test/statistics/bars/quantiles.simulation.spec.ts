import {
  clusteredQuantile,
  quantileEstimate,
  type ClusteredQuantile,
} from '../../../src/statistics/clustered-quantile.js';
import { compareQuantiles } from '../../../src/statistics/compare-quantiles.js';
import type { Insufficient } from '../../../src/statistics/estimate.js';
import { groupedQuantile } from '../../../src/statistics/grouped-quantile.js';
import { orderStatisticInterval, quantile } from '../../../src/statistics/quantile.js';
import { mergeSketches, sketchOf, type QuantileSketch } from '../../../src/statistics/quantile-sketch.js';
import { widenTies } from '../../../src/statistics/widen-ties.js';
import { bar } from './bar.js';
import type { Draws } from './draws.js';
import { share } from './figure.js';
import { naiveThreshold } from './naive.js';

const alpha = 0.05;
const level = 0.95;
const users = 200;
const groups = 128;

type Values = readonly (readonly number[])[];

/** Latencies in ms, one list per user: lognormal events, a geometric number of them (mean 10), ICC 0.3 of the logarithms. */
function latencies(draws: Draws): Values {
  return Array.from({ length: users }, () => {
    const own = 7 + Math.sqrt(0.3) * 0.5 * draws.normal();
    return Array.from({ length: draws.geometric(10) }, () => draws.lognormal(own, Math.sqrt(0.7) * 0.5));
  });
}

const wholeMilliseconds = (values: Values): Values => values.map((own) => own.map(Math.round));

/** As reports do it: one sketch per group of users. */
function groupSketches(values: Values): QuantileSketch[] {
  const sketches = values.map(sketchOf);
  return Array.from({ length: groups }, (_, group) =>
    mergeSketches(sketches.filter((_sketch, user) => user % groups === group)),
  );
}

type Method = (values: Values) => ClusteredQuantile | Insufficient;

const fromValues: Method = (values) => {
  const found = clusteredQuantile(values, level, alpha);
  return found.status === 'ok' ? widenTies(found, values) : found;
};

const methods = {
  'users as clusters, every value': fromValues,
  'users as clusters, values in whole ms': (values: Values) => fromValues(wholeMilliseconds(values)),
  'users as clusters, sketches of 1 %': (values: Values) =>
    groupedQuantile(values.map(sketchOf), level, alpha),
  '128 groups as clusters, sketches of 1 %': (values: Values) =>
    groupedQuantile(groupSketches(values), level, alpha),
} satisfies Record<string, Method>;

function isDifferent(method: Method, control: Values, treatment: Values): boolean {
  const [a, b] = [method(control), method(treatment)];
  if (a.status !== 'ok' || b.status !== 'ok') return false;
  const { difference } = compareQuantiles(quantileEstimate(a), quantileEstimate(b), alpha);
  return difference.status === 'ok' && difference.pValue < alpha;
}

/** The difference in standard errors as if every event were of another user. */
function independentScore(control: Values, treatment: Values): number {
  const [a, b] = [control, treatment].map((values) => {
    const sorted = values.flat().sort((x, y) => x - y);
    const [low, high] = orderStatisticInterval(sorted, level, alpha).interval;
    return { log: Math.log(quantile(sorted, level, 'observed') ?? NaN), width: Math.log(high / low) };
  });
  const standardError = Math.hypot(a?.width ?? NaN, b?.width ?? NaN) / (2 * naiveThreshold);
  return ((b?.log ?? NaN) - (a?.log ?? NaN)) / standardError;
}

describe('p95 of variants that are alike', () => {
  bar('17', '200 users per variant, geometric numbers of events (mean 10), ICC 0.3', (run) => {
    const names = Object.keys(methods) as (keyof typeof methods)[];
    const found = names.map(() => 0);
    let [count, independent] = [0, 0];
    for (const draws of run.times(3_000)) {
      const [control, treatment] = [latencies(draws), latencies(draws)];
      count += 1;
      independent += Math.abs(independentScore(control, treatment)) > naiveThreshold ? 1 : 0;
      names.forEach((name, i) => {
        if (isDifferent(methods[name], control, treatment)) found[i] = (found[i] ?? 0) + 1;
      });
    }
    return [
      { name: 'events as if independent (naive)', figure: share(independent, count) },
      ...names.map((name, i) => ({
        name,
        figure: share(found[i] ?? NaN, count),
        atLeast: 0.035,
        atMost: 0.06,
      })),
    ];
  });
});
