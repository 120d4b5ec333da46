import type { CatalogueEntry } from '../../catalogue/catalogue.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import { AssayError } from '../../operations/assay-error.js';
import type { ReplayCell } from './replay.js';

/** A variant's part of a log. */
interface LoggedPart {
  readonly variant: string;
  readonly units: number;
  readonly unknown: number;
}

/** The refusal of a reward that is no metric. */
export function unknownReward(key: string): AssayError {
  return new AssayError('UNKNOWN_METRIC', `There is no metric "${key}"; GET /v1/metrics lists them.`, [
    { pointer: '/reward', message: `"${key}" is not in the catalogue` },
  ]);
}

/** The metric, if a bandit's log tells its mean. @throws AssayError INVALID_REQUEST */
export function replayedMetric(entry: CatalogueEntry): CatalogueEntry {
  const { key, kind } = entry.metric;
  if (kind !== 'quantile' && kind !== 'ratio') return entry;
  throw refused(
    '/reward',
    `${key} is a ${kind}, whose value no single unit has; name a metric that is a mean or a share`,
  );
}

/**
 * Refuses a log that cannot answer.
 *
 * @throws AssayError INVALID_REQUEST with what is missing
 */
export function assertReplayable(
  { key, variants }: Experiment,
  { key: reward }: Metric,
  parts: readonly LoggedPart[],
  cells: readonly ReplayCell[],
): void {
  if (variants.length < 2)
    throw refused('', `${key} has one variant, so a bandit would have nothing to choose`);
  if (parts.length === 0) {
    throw refused(
      '',
      `${key} has no log: no unit of its test has a window that is over. Wait, or import one`,
    );
  }
  if (parts.every(({ units, unknown }) => units === unknown)) {
    throw refused(
      '',
      `the units of ${key} were logged without a propensity, so nobody knows how likely their variants were. Import them with "propensity"`,
    );
  }
  if (cells.length === 0) {
    throw refused('/reward', `no unit of ${key} has a value of ${reward}; name a metric that was recorded`);
  }
  const missing = variants.filter((variant) => !cells.some((cell) => cell.variant === variant.key));
  if (missing.length === 0) return;
  const names = missing.map((variant) => variant.key).join(', ');
  throw refused(
    '',
    `no unit of ${key} with a value of ${reward} met ${names}, so what that would have earned cannot be told`,
  );
}

/** The refusal of a log from which nothing can be estimated. */
export function nothingEstimated(key: string, reason: string): AssayError {
  return refused('', `the log of ${key} gives no estimate: ${reason}`);
}

function refused(pointer: string, reason: string): AssayError {
  return new AssayError('INVALID_REQUEST', `This cannot be replayed: ${reason.replace(/\.$/, '')}.`, [
    { pointer, message: reason },
  ]);
}
