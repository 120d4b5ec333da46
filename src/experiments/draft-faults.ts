import { admissionFaults } from './admission-faults.js';
import type { Fault } from '../operations/assay-error.js';
import { dayMilliseconds, durationMilliseconds } from '../operations/duration.js';
import { banditFaults } from './bandit-faults.js';
import { configSchemaFaults } from './config-schema-faults.js';
import type { Experiment } from './experiment.js';
import { judgeFaults } from './judge-faults.js';
import { metricFaults, type MetricLookup } from './metric-faults.js';
import { promptFileFaults } from './prompt-file.js';
import { rampFaults } from './ramp-faults.js';

export type Definition = Omit<Experiment, 'id' | 'kills'>;

/** What makes a definition impossible: everything that no single field's own rule can see. Empty when it is sound. */
export function draftFaults(experiment: Definition, metricOf: MetricLookup): Fault[] {
  return [
    ...variantFaults(experiment),
    ...metricFaults(experiment, metricOf),
    ...timeFaults(experiment),
    ...rampFaults(experiment.ramp, experiment.coverage),
    ...banditFaults(experiment, metricOf),
    ...admissionFaults(experiment),
    ...promptFileFaults(experiment),
    ...configSchemaFaults(experiment),
    ...judgeFaults(experiment, metricOf),
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
