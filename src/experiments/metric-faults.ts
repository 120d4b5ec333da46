import type { Metric } from '../catalogue/metric.js';
import type { Fault } from '../operations/assay-error.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { Experiment } from './experiment.js';
import { comparesWithControl } from './guarded-rule.js';
import type { Guardrail } from './guardrail.js';
import { namedRewards } from './reward-metrics.js';

export type MetricLookup = (key: string) => Metric | undefined;

/** A metric's key and the JSON pointer to where a definition names it. */
type Named = readonly [pointer: string, key: string];

/**
 * What is wrong with the metrics that a definition names: unknown ones, one that is measured twice, a covariate from
 * no time at all, and a margin on what has no mean. Empty when they are sound.
 *
 * @example metricFaults(experiment, () => undefined)[0]; // { pointer: '/metrics/primary/0', message: 'metric "…" is not in …' }
 */
export function metricFaults(
  definition: Pick<Experiment, 'metrics' | 'guardrails' | 'allocation'>,
  metricOf: MetricLookup,
): Fault[] {
  const measured = measuredMetrics(definition);
  return [
    ...unknown([...measured, ...otherMetrics(definition)], metricOf),
    ...repeated(measured),
    ...covariateFaults(definition),
    ...marginFaults(definition.guardrails, metricOf),
    ...boundFaults(definition.guardrails, metricOf),
  ];
}

function measuredMetrics({ metrics }: Pick<Experiment, 'metrics'>): Named[] {
  return [
    ...metrics.primary.map((key, index): Named => [`/metrics/primary/${index}`, key]),
    ...metrics.secondary.map((key, index): Named => [`/metrics/secondary/${index}`, key]),
  ];
}

function otherMetrics({
  metrics: { covariate },
  guardrails,
  allocation,
}: Pick<Experiment, 'metrics' | 'guardrails' | 'allocation'>): Named[] {
  return [
    ...(covariate && 'metric' in covariate ? [['/metrics/covariate/metric', covariate.metric] as const] : []),
    ...guardrails.map(({ metric }, index): Named => [`/guardrails/${index}/metric`, metric]),
    ...(allocation.mode === 'bandit'
      ? namedRewards(allocation.reward).map(({ pointer, metric }): Named => [
          `/allocation/reward${pointer}`,
          metric,
        ])
      : []),
  ];
}

function unknown(named: readonly Named[], metricOf: MetricLookup): Fault[] {
  return named
    .filter(([, key]) => !metricOf(key))
    .map(([pointer, key]) => ({
      pointer,
      message: `metric "${key}" is not in the catalogue (GET /v1/metrics lists it); add it first, by POST /v1/metrics or as one of AssayModule.forRoot({ metrics })`,
    }));
}

function repeated(measured: readonly Named[]): Fault[] {
  return measured.flatMap(([pointer, key], index) => {
    const [before] = measured.slice(0, index).find((earlier) => earlier[1] === key) ?? [];
    return before === undefined
      ? []
      : [{ pointer, message: `metric "${key}" is named twice, at ${before} already; remove one of them` }];
  });
}

function covariateFaults({ metrics: { covariate } }: Pick<Experiment, 'metrics'>): Fault[] {
  if (!covariate || !('metric' in covariate) || durationMilliseconds(covariate.before) > 0) return [];
  const message = `"${covariate.before}" is no time at all; say how long before its exposure a unit is looked at, such as "P28D"`;
  return [{ pointer: '/metrics/covariate/before', message }];
}

/** Guardrails that would compare means of a metric that has none, and so never judge. */
export function marginFaults(guardrails: readonly Guardrail[], metricOf: MetricLookup): Fault[] {
  return guardrails.flatMap((guardrail, index) => {
    const { metric } = guardrail;
    if (!comparesWithControl(guardrail) || metricOf(metric)?.kind !== 'quantile') return [];
    const message = `worseThanControlBy compares means, and "${metric}" is a quantile; give "above" or "below" with "quantile" on what it is measured of`;
    return [{ pointer: `/guardrails/${index}/worseThanControlBy`, message }];
  });
}

/** Bounds that no value can cross, or every value does. */
export function boundFaults(guardrails: readonly Guardrail[], metricOf: MetricLookup): Fault[] {
  return guardrails.flatMap(({ metric: key, above, below }, index) => {
    const metric = metricOf(key);
    const bound = above ?? below;
    if (!metric || bound === undefined) return [];
    const least = metric.min ?? -Infinity;
    const most = metric.max ?? Infinity;
    const crossed = above !== undefined ? bound < least : bound > most;
    const unreachable = above !== undefined ? bound >= most : bound <= least;
    if (!crossed && !unreachable) return [];
    const range = `values of "${key}" lie from ${least} to ${most}`;
    const what = crossed ? 'every value is beyond' : 'no value can be beyond';
    const pointer = `/guardrails/${index}/${above !== undefined ? 'above' : 'below'}`;
    return [{ pointer, message: `${range}, so ${what} ${bound}` }];
  });
}
