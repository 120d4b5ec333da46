import type { Experiment, Status } from '../../experiments/experiment.js';
import type { LastDecision } from '../../experiments/decision.js';
import type { RegistryEntry } from '../../experiments/registry-entry.js';
import type { OverviewFigures } from './overview-figures.js';
import { dayOf, type OverviewProgress } from './progress.js';

/** A variant's present share of new units, and the units it has. */
export interface OverviewVariant {
  readonly key: string;
  /** Share of 1. */
  readonly weight: number;
  readonly units: number;
}

/** One experiment in a list of all: what it is, what is known, and what was done last. */
export interface OverviewItem extends Pick<
  OverviewFigures,
  'primary' | 'guardrails' | 'health' | 'recommendation'
> {
  readonly key: string;
  readonly name: string;
  readonly status: Status;
  readonly version: number;
  readonly mode: Experiment['allocation']['mode'];
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  /** Percentage of units allowed in. */
  readonly coverage: number;
  readonly variants: readonly OverviewVariant[];
  readonly progress: OverviewProgress;
  readonly lastDecision: LastDecision | null;
  /** RFC 3339 instant of the figures; null while there are none, which then say nothing. */
  readonly asOf: string | null;
  /** Why the figures could not be read when they were last tried; those shown are then older, or missing. */
  readonly fault: string | null;
}

/** All experiments, the newest first. */
export interface Overview {
  readonly experiments: readonly OverviewItem[];
}

/** What was found out about an experiment, and whether the last try failed. */
export interface KnownFigures {
  readonly figures: OverviewFigures | null;
  readonly fault: string | null;
}

const nothingKnown: Pick<OverviewFigures, 'primary' | 'guardrails' | 'health' | 'recommendation'> = {
  primary: null,
  guardrails: [],
  health: { srm: false, warnings: 0 },
  recommendation: null,
};

const noProgress: Omit<OverviewProgress, 'day'> = { units: 0, unitsNeeded: null, daysLeft: null };

/**
 * One line of the overview: the definition as it is this moment, with figures that may be some seconds older.
 *
 * @example overviewItem(entry, { figures: null, fault: null }, null, now).asOf; // null
 */
export function overviewItem(
  { experiment, epochs }: RegistryEntry,
  { figures, fault }: KnownFigures,
  lastDecision: LastDecision | null,
  now: Date,
): OverviewItem {
  const { key, name, status, version, allocation, createdAt, startedAt, coverage, variants } = experiment;
  const { primary, guardrails, health, recommendation } = figures ?? nothingKnown;
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  const weights = epochs.at(-1)?.weights;
  return {
    key,
    name,
    status,
    version,
    mode: allocation.mode,
    createdAt,
    startedAt,
    coverage,
    variants: variants.map((variant) => ({
      key: variant.key,
      weight: weights?.[variant.key] ?? (total > 0 ? variant.weight / total : 0),
      units: figures?.units[variant.key] ?? 0,
    })),
    primary,
    progress: figures?.progress ?? { ...noProgress, day: dayOf(experiment, now) },
    guardrails,
    health,
    recommendation,
    lastDecision,
    asOf: figures?.asOf ?? null,
    fault,
  };
}
