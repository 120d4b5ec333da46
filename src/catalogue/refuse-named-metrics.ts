import { AssayError } from '../operations/assay-error.js';
import type { Metric } from './metric.js';

/**
 * Refuses a metric that names others which do not exist, that have no sum for it to divide, or whose labels cannot
 * correct it.
 *
 * Labels are people's values on the scale that counts, so they are a mean as the judge's scores are, point the same way,
 * and are not themselves corrected by further labels.
 *
 * @throws AssayError UNKNOWN_METRIC, INVALID_REQUEST
 * @example refuseNamedMetrics({ ...judge, labels: 'expert_score' }, (key) => catalogue.get(key)?.metric);
 */
export function refuseNamedMetrics(metric: Metric, metricOf: (key: string) => Metric | undefined): void {
  for (const key of [metric.numerator, metric.denominator, metric.labels]) {
    if (key !== null && !metricOf(key)) {
      throw new AssayError('UNKNOWN_METRIC', `Metric "${key}" does not exist; create it first.`);
    }
  }
  refuseTerms(metric, metricOf);
  const labels = metric.labels === null ? undefined : metricOf(metric.labels);
  const fault = labels && faultOfLabels(metric, labels);
  if (!fault) return;
  const message = `${fault} (received "${labels.key}")`;
  throw new AssayError('INVALID_REQUEST', `The metric is not valid: /labels ${message}.`, [
    { pointer: '/labels', message },
  ]);
}

/** A ratio divides sums of values that were sent, which ratios and quantiles do not have. */
function refuseTerms(
  { numerator, denominator }: Metric,
  metricOf: (key: string) => Metric | undefined,
): void {
  const terms = Object.entries({ numerator, denominator }).flatMap(([field, key]) =>
    key === null ? [] : [{ pointer: `/${field}`, key }],
  );
  const faults = terms.flatMap(({ pointer, key }) => {
    const kind = metricOf(key)?.kind;
    if (kind !== 'ratio' && kind !== 'quantile') return [];
    const message = `"${key}" is a ${kind}, which has no sum to divide; name a metric whose values are sent`;
    return [{ pointer, message }];
  });
  if (numerator !== null && numerator === denominator) {
    const message = `"${numerator}" is the numerator too, so the ratio is always 1; name another`;
    faults.push({ pointer: '/denominator', message });
  }
  const [first] = faults;
  if (!first) return;
  throw new AssayError(
    'INVALID_REQUEST',
    `The metric is not valid: ${first.pointer} ${first.message}.`,
    faults,
  );
}

function faultOfLabels(metric: Metric, labels: Metric): string | null {
  if (labels.kind !== 'mean' && labels.kind !== 'mean-per-unit') {
    return `people's labels are a metric of kind "mean" or "mean-per-unit", and this one is a "${labels.kind}"`;
  }
  if (labels.labels !== null) {
    return `this metric has labels of its own, "${labels.labels}": name the one that people filled`;
  }
  if (labels.direction !== metric.direction) {
    return `of this metric it is better to ${labels.direction}, of "${metric.key}" to ${metric.direction}`;
  }
  return null;
}
