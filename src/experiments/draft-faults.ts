import type { Fault } from '../operations/assay-error.js';
import { dayMilliseconds, durationMilliseconds } from '../operations/duration.js';
import type { Experiment } from './experiment.js';
import { metricFaults, type MetricLookup } from './metric-faults.js';

export type Definition = Omit<Experiment, 'id' | 'kills'>;

/** What makes a definition impossible: everything that no single field's own rule can see. Empty when it is sound. */
export function draftFaults(experiment: Definition, metricOf: MetricLookup): Fault[] {
  return [
    ...variantFaults(experiment),
    ...metricFaults(experiment, metricOf),
    ...timeFaults(experiment),
    ...rampFaults(experiment),
    ...banditFaults(experiment),
  ];
}

function variantFaults({ variants, control }: Definition): Fault[] {
  const faults: Fault[] = [];
  const keys = variants.map((variant) => variant.key);
  keys.forEach((key, index) => {
    if (keys.indexOf(key) !== index)
      faults.push({ pointer: `/variants/${index}/key`, message: `"${key}" is used twice` });
  });
  if (!keys.includes(control)) {
    faults.push({
      pointer: '/control',
      message: `"${control}" is not a variant; the variants are ${keys.join(', ')}`,
    });
  }
  if (!(variants.reduce((sum, variant) => sum + variant.weight, 0) > 0)) {
    faults.push({
      pointer: '/variants',
      message: 'the weights add up to 0; give one variant a positive weight',
    });
  }
  return faults;
}

function timeFaults({ startsAt, endsAt, metrics, plan, demonstration }: Definition): Fault[] {
  const faults: Fault[] = [];
  if (startsAt && endsAt && endsAt <= startsAt) {
    faults.push({
      pointer: '/endsAt',
      message: `${endsAt.toISOString()} is not after startsAt ${startsAt.toISOString()}`,
    });
  }
  if (!(durationMilliseconds(metrics.window) > 0)) {
    faults.push({ pointer: '/metrics/window', message: `"${metrics.window}" is no time at all` });
  }
  if (durationMilliseconds(metrics.window) > 366 * dayMilliseconds) {
    faults.push({ pointer: '/metrics/window', message: `"${metrics.window}" is longer than a year` });
  }
  if (plan.maximumDays < plan.minimumDays) {
    faults.push({
      pointer: '/plan/maximumDays',
      message: `${plan.maximumDays} is less than minimumDays ${plan.minimumDays}`,
    });
  }
  if (!demonstration && plan.minimumDays < 1) {
    faults.push({
      pointer: '/plan/minimumDays',
      message: `${plan.minimumDays} is less than a day; only a demonstration may be`,
    });
  }
  return faults;
}

function rampFaults({ ramp, coverage }: Definition): Fault[] {
  return ramp.flatMap((step, index) => {
    const before = ramp[index - 1];
    const faults: Fault[] = [];
    if (before && durationMilliseconds(step.after) <= durationMilliseconds(before.after)) {
      faults.push({
        pointer: `/ramp/${index}/after`,
        message: `"${step.after}" is not later than "${before.after}"`,
      });
    }
    if (before && step.coverage < before.coverage) {
      faults.push({
        pointer: `/ramp/${index}/coverage`,
        message: `coverage only rises; ${step.coverage} is below ${before.coverage}`,
      });
    }
    if (step.coverage > coverage) {
      faults.push({
        pointer: `/ramp/${index}/coverage`,
        message: `${step.coverage} is above the experiment's coverage ${coverage}`,
      });
    }
    return faults;
  });
}

function banditFaults({ allocation, variants, demonstration }: Definition): Fault[] {
  if (allocation.mode !== 'bandit') return [];
  const faults: Fault[] = [];
  if (allocation.floor * variants.length >= 1) {
    faults.push({
      pointer: '/allocation/floor',
      message: `${allocation.floor} for each of ${variants.length} variants leaves nothing to allocate`,
    });
  }
  if (!demonstration && durationMilliseconds(allocation.every) < 60_000) {
    faults.push({
      pointer: '/allocation/every',
      message: `"${allocation.every}" is shorter than the least period, PT1M`,
    });
  }
  return faults;
}
