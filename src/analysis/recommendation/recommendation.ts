import type { Experiment } from '../../experiments/experiment.js';
import { figure } from '../figure.js';
import { dataFault, faultEvidence, type Health } from '../health/health.js';
import type { MetricReport } from '../comparison/metric-report.js';
import type { Saving } from './cost-limit.js';
import { reasonsOf, standingOf, type Standing, type StandingKind } from './standing.js';
import { dayMilliseconds } from '../../operations/duration.js';

/** What to do about the experiment. */
export type RecommendedAction =
  'CONTINUE' | 'SHIP' | 'SHIP_CHEAPER' | 'KEEP_CONTROL' | 'NO_DIFFERENCE' | 'STOP_HARM' | 'FIX_DATA';

export interface Recommendation {
  readonly action: RecommendedAction;
  /** The variant it is about; null where it is about none in particular. */
  readonly variant: string | null;
  readonly reason: string;
  /** Sentences with the numbers it rests on. */
  readonly evidence: readonly string[];
  /** Money saved, where that is the point (SHIP_CHEAPER). */
  readonly saving: Saving | null;
}

/**
 * What to do, by the first of these that applies: repair the data; wait for the least number of units; stop a harmful
 * variant; wait for the least number of days (so that every day of the week is in); ship the best of the variants that
 * are better; ship one that is as good and cheaper; keep the control; go on while anything is open; no difference.
 *
 * @example recommend(experiment, health, metrics, now).action; // 'SHIP'
 */
export function recommend(
  experiment: Experiment,
  health: Health,
  metrics: readonly MetricReport[],
  now: Date,
): Recommendation {
  const fault = dataFault(health);
  if (fault)
    return {
      action: 'FIX_DATA',
      variant: null,
      reason: fault,
      evidence: faultEvidence(health),
      saving: null,
    };
  const standings = experiment.variants
    .filter(({ key }) => key !== experiment.control)
    .map(({ key }) => standingOf(experiment, metrics, key));
  const over = isOver(experiment, now);
  const enough = standings.filter(({ kind }) => kind !== 'few');
  if (standings[0] && enough.length === 0)
    return isClosed(experiment) ? keepUndecided(standings, experiment) : goOn(standings);
  const early = over ? null : tooEarly(experiment, now);
  const better = best(
    enough.filter(({ kind }) => kind === 'better'),
    metrics,
  );
  const harmful = firstOf(enough, 'harmful');
  if (harmful && (early || !better)) return advise('STOP_HARM', harmful);
  if (early) return { ...goOn(standings), reason: early };
  if (better) return advise('SHIP', better);
  return settle(standings, experiment, over);
}

/** What to do once no variant is plainly better and none is harmful. */
function settle(standings: readonly Standing[], experiment: Experiment, over: boolean): Recommendation {
  const cheaper = firstOf(standings, 'cheaper');
  if (cheaper) return advise('SHIP_CHEAPER', cheaper);
  const open = standings.filter(({ kind }) => kind === 'open' || kind === 'few');
  if (open.length > 0) return over ? keepUndecided(open, experiment) : goOn(open);
  const withheld = firstOf(standings, 'withheld');
  if (withheld) return { ...advise('KEEP_CONTROL', withheld), variant: experiment.control };
  return {
    action: 'NO_DIFFERENCE',
    variant: null,
    reason: standings[0]?.reason ?? 'There is one variant only.',
    evidence: standings.flatMap(({ evidence }) => evidence),
    saving: null,
  };
}

/** To go on is about the experiment, whichever variants are still open. */
function goOn(open: readonly Standing[]): Recommendation {
  const outlooks = open.flatMap(({ outlook }) => outlook ?? []);
  return {
    action: 'CONTINUE',
    variant: null,
    reason: [reasonsOf(open), ...outlooks.slice(-1)].join(' '),
    evidence: open.flatMap(({ evidence }) => evidence),
    saving: null,
  };
}

function keepUndecided(open: readonly Standing[], { source, control }: Experiment): Recommendation {
  const lead = source === 'imported' ? 'The data are complete' : 'The experiment is over';
  return {
    action: 'KEEP_CONTROL',
    variant: control,
    reason: `${lead} and no variant has proved better than ${control}. ${reasonsOf(open)}`,
    evidence: open.flatMap(({ evidence }) => evidence),
    saving: null,
  };
}

/** Why it is too early to decide, or null. Imported data are complete when they come. */
function tooEarly({ source, startedAt, plan }: Experiment, now: Date): string | null {
  if (source === 'imported' || !startedAt) return null;
  const days = (now.getTime() - startedAt.getTime()) / dayMilliseconds;
  if (days >= plan.minimumDays) return null;
  return (
    `It has run for ${figure(Math.max(0, days))} of at least ${figure(plan.minimumDays)} days; ` +
    'whole weeks are needed as weekdays differ and novelty wears off.'
  );
}

function isOver({ source, status, startedAt, plan }: Experiment, now: Date): boolean {
  if (source === 'imported') return true;
  const overdue =
    startedAt !== null && now.getTime() - startedAt.getTime() >= plan.maximumDays * dayMilliseconds;
  return overdue || isClosed({ status });
}

function isClosed({ status }: Pick<Experiment, 'status'>): boolean {
  return status === 'concluded' || status === 'archived';
}

/** Of several, the one that is most probably the best on the first primary metric. */
function best(standings: readonly Standing[], metrics: readonly MetricReport[]): Standing | undefined {
  const primary = metrics.find(({ role }) => role === 'primary');
  const probability = ({ variant }: Standing) =>
    primary?.comparisons.find((comparison) => comparison.variant === variant)?.probabilityBest ?? 0;
  return [...standings].sort((a, b) => probability(b) - probability(a))[0];
}

function firstOf(standings: readonly Standing[], kind: StandingKind): Standing | undefined {
  return standings.find((standing) => standing.kind === kind);
}

function advise(action: RecommendedAction, { variant, reason, evidence, saving }: Standing): Recommendation {
  return { action, variant, reason, evidence, saving: action === 'SHIP_CHEAPER' ? (saving ?? null) : null };
}
