import type { EpochLine, Estimate, MetricLine, SimulationResult } from './simulation-result.js';

/** A table, before it is drawn. */
export interface TableRows {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const none = '–';

/**
 * The tables of a simulation: the truth beside the estimates, every metric, and the weight epochs.
 *
 * @example reportTables(result).map(({ title }) => title)[0] // 'user_rating: true effect in, estimate out'
 */
export function reportTables(result: SimulationResult): TableRows[] {
  const variants = Object.keys(result.epochs[0]?.weights ?? {});
  return [
    {
      title: 'user_rating: true effect in, estimate out',
      head: ['', 'true', 'estimate', 'interval, one look', 'however often one looks', 'units'],
      rows: result.estimates.map(estimateRow),
    },
    {
      title: 'Metrics',
      head: ['', ...variants, 'difference', 'interval, one look'],
      rows: result.metrics.map((metric) => metricRow(metric, variants)),
    },
    {
      title: 'Weight epochs',
      head: [
        'epoch',
        'cause',
        ...variants.map((key) => `${key} weight`),
        ...variants.map((key) => `new, ${key}`),
        ...(result.better === null ? [] : [`new users to ${result.better}`]),
        'evidence',
      ],
      rows: result.epochs.map((epoch) => epochRow(epoch, variants, result.better !== null)),
    },
  ];
}

function estimateRow({ name, truth, estimate, interval, sequentialInterval, units }: Estimate): string[] {
  return [
    name,
    truth.toFixed(2),
    decimal(estimate),
    range(interval),
    range(sequentialInterval),
    units === null ? '' : String(units),
  ];
}

function metricRow({ key, means, difference, interval }: MetricLine, variants: readonly string[]): string[] {
  return [
    key,
    ...variants.map((variant) => decimal(means[variant] ?? null)),
    decimal(difference),
    range(interval),
  ];
}

function epochRow(epoch: EpochLine, variants: readonly string[], withShare: boolean): string[] {
  const { number, cause, weights, newUsers, betterShare } = epoch;
  return [
    String(number),
    cause,
    ...variants.map((key) => percentage(weights[key] ?? 0)),
    ...variants.map((key) => String(newUsers[key] ?? 0)),
    ...(withShare ? [betterShare === null ? none : percentage(betterShare)] : []),
    evidenceText(epoch, variants),
  ];
}

/**
 * What a weight epoch was decided on, in a few words.
 *
 * @example evidenceText(epoch, ['control', 'treatment'])
 * // 'weights follow the probability of being best: control 0.012 (3.61 of 120 units), treatment 0.988 (3.92 of 118 units)'
 */
export function evidenceText({ reason, evidence }: EpochLine, variants: readonly string[]): string {
  const part = (name: string, key: string) => {
    const values = evidence[name];
    const value =
      values !== null && typeof values === 'object' ? (values as Record<string, unknown>)[key] : null;
    return typeof value === 'number' ? value : null;
  };
  const beliefs = variants.flatMap((key) => {
    const chance = part('probabilityBest', key);
    if (chance === null) return [];
    return [
      `${key} ${chance.toFixed(3)} (${decimal(part('means', key))} of ${part('units', key) ?? 0} units)`,
    ];
  });
  if (beliefs.length === 0) return reason === '' ? none : reason;
  return `${reason}: ${beliefs.join(', ')}`;
}

/**
 * The lines below the tables: what users did, whether they kept their variant, what to do.
 *
 * @example closingLines(result).at(-1) // 'Recommendation: SHIP treatment. treatment is better than control …'
 */
export function closingLines(result: SimulationResult): string[] {
  const { traffic, sticky, example, recommendation, steps, warnings } = result;
  const idle = steps.filter(({ outcome }) => outcome !== 'moved');
  return [
    ...idle.map(
      ({ afterUsers, outcome, reason }) => `Step after ${afterUsers} users (${outcome}): ${reason}`,
    ),
    `Users asked for ${traffic.visits} summaries and rated ${traffic.ratings}; ${traffic.abandoned} abandoned, ` +
      `${traffic.retried} retried, ${traffic.failed} failed, ${traffic.late} ratings came too late, ` +
      `${traffic.refused} were refused.`,
    ...Object.entries(traffic.fallbacks).map(
      ([reason, times]) => `The fallback was served ${times} times (${reason}).`,
    ),
    example.leftOut === null
      ? `Through the example's own routes: ${example.users} users, ${example.summaries} summaries, ` +
        `${example.ratings} ratings, ${example.abandoned} aborted, ${example.retried} retried, ${example.failed} failed.`
      : `The example's own routes were left out: ${example.leftOut}.`,
    `Asked again at the end, ${sticky.kept} of ${sticky.asked} early users have the variant they had.`,
    ...warnings.map((message) => `Warning: ${message}`),
    `Recommendation: ${[recommendation.action, recommendation.variant].filter(Boolean).join(' ')}. ${recommendation.reason}`,
  ];
}

function decimal(value: number | null): string {
  if (value === null) return none;
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return size === 0 || size >= 0.01 ? value.toFixed(3) : value.toPrecision(3);
}

function range(interval: readonly [number, number] | null): string {
  return interval === null ? none : `${decimal(interval[0])} to ${decimal(interval[1])}`;
}

function percentage(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
