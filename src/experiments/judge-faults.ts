import type { Fault } from '../operations/assay-error.js';
import type { Experiment } from './experiment.js';
import type { MetricLookup } from './metric-faults.js';

/** What a judge's calls consist of besides its parameters; the rubric and what is judged make it up. */
const ownParameters = ['systemPrompt', 'examples', 'outputSchema', 'stopSequences'];

/**
 * What keeps a judge from scoring: no metric that could hold a score, a log without texts, parameters that are the
 * judge's own. Empty when it is sound, or when there is none.
 *
 * @example judgeFaults({ ...experiment, judge: null }, metricOf) // []
 */
export function judgeFaults(
  { judge, source, generationLog }: Pick<Experiment, 'judge' | 'source' | 'generationLog'>,
  metricOf: MetricLookup,
): Fault[] {
  if (!judge) return [];
  const faults = metricFaults(judge, metricOf);
  if (source === 'imported') {
    faults.push({ pointer: '/judge', message: 'imported data have no texts to judge; leave it out' });
  }
  if (generationLog && (generationLog.mode === 'off' || generationLog.mode === 'metadata')) {
    const message = `a judge reads the logged texts, and under "${generationLog.mode}" there are none; use "full" or "sampled"`;
    faults.push({ pointer: '/generationLog', message });
  }
  for (const name of ownParameters.filter((each) => each in judge.config)) {
    const message = `${name} is made from the rubric and what is judged; leave it out`;
    faults.push({ pointer: `/judge/config/${name}`, message });
  }
  return faults;
}

function metricFaults({ metric: key, scale }: NonNullable<Experiment['judge']>, metricOf: MetricLookup) {
  const pointer = '/judge/metric';
  const metric = metricOf(key);
  const faults: Fault[] = [];
  if (!metric) {
    faults.push({
      pointer,
      message: `metric "${key}" is not in the catalogue (GET /v1/metrics lists it); add it first, by POST /v1/metrics or as one of AssayModule.forRoot({ metrics })`,
    });
    return faults;
  }
  if (metric.kind !== 'mean' && metric.kind !== 'mean-per-unit') {
    const message = `scores are a metric of kind "mean" or "mean-per-unit", and "${key}" is a ${metric.kind}`;
    faults.push({ pointer, message });
  }
  if (metric.fromClient) {
    const message = `browsers may send "${key}", which would mix with the scores; name a metric of the judge's own`;
    faults.push({ pointer, message });
  }
  const { min, max } = metric;
  if ((min !== null && scale.min < min) || (max !== null && scale.max > max)) {
    const message = `a score from ${scale.min} to ${scale.max} is outside of "${key}", which takes ${min ?? 'any'} to ${max ?? 'any'}`;
    faults.push({ pointer: '/judge/scale', message });
  }
  return faults;
}
