import { weightPeriods } from '../analysis/measurement/weight-periods.js';
import type { Metric } from '../catalogue/metric.js';
import type { Bandit } from '../experiments/allocation.js';
import type { Experiment } from '../experiments/experiment.js';
import type { ExposedTotal, MetricTotal } from '../metrics/totals.js';
import { AssayError } from '../operations/assay-error.js';
import type { BanditView } from './bandit-view.js';
import type { Chain } from './chains.js';
import { discountedRewards, type RewardHistory } from './discounted-rewards.js';
import type { JumpSpans } from './jump-spans.js';
import { rewardDrift } from './reward-drift.js';
import { rewardJump, type RewardJump } from './reward-jump.js';
import { rewardMomentsOf, type RewardMoments } from './reward.js';

/** The phase in which variants are compared. */
export const testPhase = 0;

/** Totals of units by variant, and by weight epoch where there are leaves. */
export interface Totals {
  readonly totals: readonly MetricTotal[];
  readonly exposed: readonly ExposedTotal[];
}

/** Everything that the steps of the root and of the leaves are decided on, read at once. */
export interface BanditData {
  readonly seen: Experiment;
  readonly bandit: Bandit;
  /** Those that the reward names. */
  readonly metrics: readonly Metric[];
  readonly matured: Totals;
  /** The last span and those before it; null = jumps are not looked for just now. */
  readonly spans: (JumpSpans & { readonly recent: Totals; readonly past: Totals }) | null;
  /** By day; null = older units do not count less. */
  readonly history: RewardHistory | null;
  readonly excluded: readonly string[];
  readonly now: Date;
  /** How many chains there are: they share the chance of a false alarm. */
  readonly chains: number;
  /** Whether totals are by weight epoch: only then there are, or were, leaves. */
  readonly isByEpoch: boolean;
}

/**
 * What a step of the root, or of a leaf, is decided on: its own units alone. Units of other leaves came under other weights,
 * and from other users; added up, the variant that a leaf of satisfied users prefers would look better for it. So would those that
 * it served before a leaf parted from it, and the change of users would look like a jump.
 */
export function chainView(data: BanditData, chain: Chain): BanditView {
  const { seen, bandit, now } = data;
  const variants = seen.variants.map(({ key }) => key);
  const [first, ...others] = rewardsOf(data, chain, data.matured);
  if (!first) throw new AssayError('UNKNOWN_METRIC', 'The reward names no metric.');
  const present = chain.epochs.at(-1)?.weights ?? {};
  const discounted = discountedOf(data, chain);
  return {
    ...first,
    others,
    variants,
    bandit,
    control: seen.control,
    present: variants.map((key) => present[key] ?? 0),
    hours: seen.startedAt && (now.getTime() - seen.startedAt.getTime()) / 3_600_000,
    delta: seen.plan.alpha,
    excluded: data.excluded,
    jump: jumpOf(data, chain),
    ...(discounted ? { discounted } : {}),
  };
}

function rewardsOf(
  { seen, metrics, isByEpoch }: BanditData,
  { population }: Chain,
  { totals, exposed }: Totals,
): RewardMoments[] {
  const numbers = new Set(population.map(({ number }) => number));
  const isOwn = ({ epoch }: { readonly epoch: number | null }) =>
    !isByEpoch || (epoch !== null && numbers.has(epoch));
  const [ownTotals, ownExposed] = [totals.filter(isOwn), exposed.filter(isOwn)];
  const variants = seen.variants.map(({ key }) => key);
  return metrics.map((metric) => rewardMomentsOf(variants, metric, ownTotals, ownExposed));
}

function discountedOf(
  { seen, metrics, history }: BanditData,
  { population }: Chain,
): BanditView['discounted'] | null {
  if (!history) return null;
  const variants = seen.variants.map(({ key }) => key);
  const numbers = new Set(population.map(({ number }) => number));
  const own = {
    totals: history.totals.filter(({ epoch }) => numbers.has(epoch)),
    exposed: history.exposed.filter(({ epoch }) => numbers.has(epoch)),
  };
  const periods = weightPeriods(population.filter(({ phase }) => phase === testPhase));
  const drift = rewardDrift({ variants, control: seen.control, metrics, periods }, own);
  return drift.fired ? { rewards: discountedRewards(variants, metrics, own), drift } : null;
}

function jumpOf(data: BanditData, chain: Chain): RewardJump | null {
  const { seen, spans, chains } = data;
  if (!spans) return null;
  return rewardJump({
    variants: seen.variants.map(({ key }) => key),
    recent: rewardsOf(data, chain, spans.recent),
    past: rewardsOf(data, chain, spans.past),
    number: spans.number,
    looks: spans.looks * chains,
  });
}
