import { Injectable } from '@nestjs/common';
import { maturedBefore } from '../bucketing/cohort.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Metric } from '../catalogue/metric.js';
import type { Bandit } from '../experiments/allocation.js';
import { DecisionStore } from '../experiments/decision.store.js';
import type { Experiment } from '../experiments/experiment.js';
import { rewardedMetrics } from '../experiments/reward-metrics.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import type { LeafCandidate } from '../metrics/leaf-candidates.js';
import { LeafCountStore } from '../metrics/leaf-count.store.js';
import { TimeTotalsStore } from '../metrics/time-totals.store.js';
import type { TotalsQuery } from '../metrics/totals.js';
import { TotalsStore } from '../metrics/totals.store.js';
import { AssayError } from '../operations/assay-error.js';
import { banditStanding, standingActions, type BanditStanding } from './allocation-history.js';
import { banditSettings } from './bandit-settings.js';
import { chainView, testPhase, type BanditData, type Totals } from './chain-view.js';
import { chainsOf, type Chain } from './chains.js';
import type { RewardHistory } from './discounted-rewards.js';
import { isAbsorbed, jumpSpans } from './jump-spans.js';
import { leafOpenings } from './leaf-openings.js';
import type { TreeView } from './tree-step.js';
import { zeroedVariants } from './zeroed-variants.js';

/** What a step is decided on, with how things stand. */
export interface LoadedView extends TreeView {
  readonly standing: BanditStanding;
  /** Only units whose cohort bins began before this count. */
  readonly maturedBefore: Date;
}

type Query = TotalsQuery & { readonly binsBefore: Date };

/** Gathers what a bandit knows: matured units of the test alone. */
@Injectable()
export class BanditViews {
  constructor(
    private readonly totals: TotalsStore,
    private readonly timeTotals: TimeTotalsStore,
    private readonly weightEpochs: WeightEpochStore,
    private readonly leafCounts: LeafCountStore,
    private readonly decisions: DecisionStore,
    private readonly catalogue: CatalogueService,
  ) {}

  async load(seen: Experiment, bandit: Bandit, now: Date): Promise<LoadedView> {
    const metrics = this.metricsOf(bandit);
    const binsBefore = maturedBefore(now, seen.metrics.window);
    const [all, recorded] = await Promise.all([
      this.weightEpochs.listAll(seen.id),
      this.decisions.latest(seen.id, standingActions),
    ]);
    const standing = banditStanding(recorded);
    const [root, ...leaves] = chainsOf(seen, all);
    const byEpoch = all.length > root.epochs.length ? { byEpoch: true } : {};
    const query = { experimentId: seen.id, phase: testPhase, binsBefore, ...byEpoch };
    const excluded = excludedVariants(seen, [root, ...leaves], standing);
    const [matured, history, spans, openings] = await Promise.all([
      this.read(query),
      this.history(query, bandit, metrics),
      this.spans(query, seen, bandit, standing, now),
      this.openings(seen, bandit, leaves, excluded),
    ]);
    const known = { seen, bandit, metrics, matured, history, spans, excluded, now };
    const data: BanditData = { ...known, chains: leaves.length + 1, isByEpoch: query.byEpoch ?? false };
    return {
      view: chainView(data, root),
      leaves: leaves.map((leaf) => ({ segment: leaf.segment, view: chainView(data, leaf) })),
      openings,
      standing,
      maturedBefore: binsBefore,
    };
  }

  private metricsOf({ reward }: Bandit): Metric[] {
    return rewardedMetrics(reward).map((key) => {
      const entry = this.catalogue.get(key);
      if (!entry) throw new AssayError('UNKNOWN_METRIC', `Reward "${key}" is not in the catalogue.`);
      return entry.metric;
    });
  }

  private async read(query: TotalsQuery): Promise<Totals> {
    const [totals, exposed] = await Promise.all([this.totals.moments(query), this.totals.exposed(query)]);
    return { totals, exposed };
  }

  private async history(
    query: Query,
    bandit: Bandit,
    metrics: readonly Metric[],
  ): Promise<RewardHistory | null> {
    if (banditSettings(bandit).discount === 'never') return null;
    const [totals, exposed] = await Promise.all([
      this.timeTotals.cohortDays({ ...query, metrics: metrics.map(({ key }) => key) }),
      this.timeTotals.exposedDays(query),
    ]);
    return { totals, exposed };
  }

  private async spans(
    query: Query,
    { startedAt, metrics: { window } }: Experiment,
    bandit: Bandit,
    { acceptedAt }: BanditStanding,
    now: Date,
  ): Promise<BanditData['spans']> {
    if (banditSettings(bandit).onJump === 'ignore' || !startedAt) return null;
    if (!isAbsorbed(acceptedAt, now, window)) return null;
    const spans = jumpSpans(query.binsBefore, startedAt, window);
    const [recent, past] = await Promise.all([
      this.read({ ...query, binsFrom: spans.recentFrom }),
      this.read({ ...query, binsBefore: spans.recentFrom, binsFrom: spans.pastFrom }),
    ]);
    return { ...spans, recent, past };
  }

  /** By all units that have come, matured or not: how many there are does not depend on what they bring. */
  private async openings(
    { id, variants }: Experiment,
    bandit: Bandit,
    leaves: readonly Chain[],
    excluded: readonly string[],
  ): Promise<LeafCandidate[]> {
    const { segments } = banditSettings(bandit);
    if (!segments || leaves.length >= segments.maximumLeaves) return [];
    const exposed = await this.totals.exposed({ experimentId: id, phase: testPhase, binsBefore: null });
    const units = exposed.reduce((sum, total) => sum + total.units, 0);
    const question = {
      attributes: segments.attributes,
      variants: variants.map(({ key }) => key),
      counts: await this.leafCounts.counts(id, segments.attributes, units),
      leaves: leaves.map(({ segment }) => segment),
    };
    return leafOpenings(question, segments, excluded);
  }
}

/** A guardrail takes a variant's weight everywhere; a leaf that opened later never gave it any. */
function excludedVariants(
  { variants }: Experiment,
  chains: readonly Chain[],
  { allocatedAt }: BanditStanding,
): string[] {
  const keys = variants.map(({ key }) => key);
  const zeroed = new Set(chains.flatMap(({ epochs }) => zeroedVariants(keys, epochs, allocatedAt)));
  return keys.filter((key) => zeroed.has(key));
}
