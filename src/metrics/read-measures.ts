import { readIndicator, type CatalogueEntry, type Indicator } from '../catalogue/catalogue.js';
import type { Experiment } from '../experiments/experiment.js';
import { indicatorNames } from '../experiments/reward-metrics.js';
import type { Fault } from '../operations/assay-error.js';
import { largestValue, storedValue, type Measure } from './outcome.js';

/** Values by catalogue key, as they are sent. */
export type SentMetrics = Readonly<Record<string, number | boolean>>;

export interface ReadMeasures {
  readonly measures: readonly Measure[];
  readonly faults: readonly Fault[];
  /** Whether a fault is that there is no such metric; else all are of values. */
  readonly unknown: boolean;
}

/** The measures of sent values, or what is wrong with them: unknown metrics, values out of bounds. */
export function readMeasures(
  sent: SentMetrics,
  entryOf: (key: string) => CatalogueEntry | undefined,
): ReadMeasures {
  const measures: Measure[] = [];
  const faults: Fault[] = [];
  let unknown = false;
  for (const [key, given] of Object.entries(sent)) {
    const entry = sendable(entryOf(key));
    const value = Number(given);
    const reason = faultOf(entry, value);
    unknown ||= entry === undefined;
    if (reason !== null) faults.push({ pointer: `/metrics/${key}`, message: reason });
    else if (entry) measures.push({ metric: entry.id, value: storedValue(value) });
  }
  return { measures, faults, unknown };
}

/** Adds what the experiment's quantile guardrails count: 1 for a value beyond the threshold, else 0. */
export function withIndicators(
  measures: readonly Measure[],
  experiment: Experiment,
  entryOf: (key: string) => CatalogueEntry | undefined,
): readonly Measure[] {
  const indicators = indicatorsOf(experiment).flatMap(({ name, of, side, threshold }) => {
    const entry = entryOf(name);
    const source = entryOf(of)?.id;
    const measured = measures.find(({ metric }) => metric === source);
    if (!entry || !measured) return [];
    const beyond = side === '>' ? measured.value > threshold : measured.value < threshold;
    return [{ metric: entry.id, value: beyond ? 1 : 0 }];
  });
  return indicators.length === 0 ? measures : [...measures, ...indicators];
}

const known = new WeakMap<Experiment, readonly (Indicator & { readonly name: string })[]>();

/** Read once for each version of an experiment. */
function indicatorsOf(experiment: Experiment) {
  const read = known.get(experiment);
  if (read) return read;
  const names = [...new Set(indicatorNames(experiment))];
  const indicators = names.flatMap((name) => {
    const indicator = readIndicator(name);
    return indicator ? [{ name, ...indicator }] : [];
  });
  known.set(experiment, indicators);
  return indicators;
}

/** Indicators are counted here, and never sent. */
function sendable(entry: CatalogueEntry | undefined): CatalogueEntry | undefined {
  return entry && readIndicator(entry.metric.key) ? undefined : entry;
}

function faultOf(entry: CatalogueEntry | undefined, value: number): string | null {
  if (!entry) return 'there is no such metric; GET /v1/metrics lists them';
  const { key, kind, min, max } = entry.metric;
  if (kind === 'ratio') return `${key} is a ratio of two other metrics; send those`;
  if (!Number.isFinite(value)) return `${value} is not a finite number`;
  if (Math.abs(value) > largestValue) return `${value} is larger than ${largestValue}`;
  if (min !== null && value < min) return `${value} is below the least value of ${key}, ${min}`;
  if (max !== null && value > max) return `${value} is above the greatest value of ${key}, ${max}`;
  return null;
}
