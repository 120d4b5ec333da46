import { Injectable } from '@nestjs/common';
import { maturedBefore } from '../bucketing/cohort.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import type { Change } from '../lifecycle/change.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { TotalsStore } from '../metrics/totals.store.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { durationMilliseconds } from '../operations/duration.js';
import { banditStep, type Bandit, type BanditStep } from './bandit-step.js';
import { rewardMoments } from './reward.js';

/** A step and, where it moves weights, what it changes. */
export interface Reallocation extends BanditStep {
  readonly change: Change | null;
}

/** Takes the bandit's steps: totals in, weights out. */
@Injectable()
export class ReallocationService {
  constructor(
    private readonly totals: TotalsStore,
    private readonly weightEpochs: WeightEpochStore,
    private readonly catalogue: CatalogueService,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** The bandit's next step, decided but not taken: on matured units of the test alone. */
  async decide(seen: Experiment, bandit: Bandit, now: Date, actor: Actor = 'bandit'): Promise<Reallocation> {
    const entry = this.catalogue.get(bandit.reward);
    if (!entry) throw new AssayError('UNKNOWN_METRIC', `Reward "${bandit.reward}" is not in the catalogue.`);
    const binsBefore = maturedBefore(now, seen.metrics.window);
    const query = { experimentId: seen.id, phase: 0, binsBefore };
    const [totals, exposed, epochs] = await Promise.all([
      this.totals.moments(query),
      this.totals.exposed(query),
      this.weightEpochs.list(seen.id),
    ]);
    const variants = seen.variants.map(({ key }) => key);
    const present = epochs.at(-1)?.weights ?? {};
    const step = banditStep({
      variants,
      bandit,
      metric: entry.metric,
      moments: rewardMoments(variants, entry.metric, totals, exposed),
      present: variants.map((key) => present[key] ?? 0),
    });
    const evidence = { maturedBefore: binsBefore.toISOString(), outcome: step.outcome, ...step.evidence };
    return { ...step, evidence, change: reallocationChange(seen, step, evidence, actor) };
  }

  /** Takes the next step now, and the one after it a period from now. Throws ILLEGAL_TRANSITION where there is none. */
  async reallocate(seen: Experiment, actor: Actor): Promise<Reallocation> {
    const { allocation } = seen;
    if (seen.status !== 'running' || allocation.mode !== 'bandit') {
      throw new AssayError(
        'ILLEGAL_TRANSITION',
        `Experiment "${seen.key}" is ${seen.status} with ${allocation.mode} weights; only a running bandit can be reallocated. ` +
          `PUT /v1/experiments/${seen.key}/allocation switches modes.`,
      );
    }
    const now = this.clock.now();
    const taken = await this.decide(seen, allocation, now, actor);
    const next = new Date(now.getTime() + durationMilliseconds(allocation.every));
    if (taken.change) await this.changes.commit({ ...taken.change, due: [{ kind: 'bandit', at: next }] });
    return taken;
  }
}

function reallocationChange(
  seen: Experiment,
  { weights, reason }: BanditStep,
  evidence: BanditStep['evidence'],
  actor: Actor,
): Change | null {
  if (!weights) return null;
  return {
    seen,
    patch: {},
    decision: { actor, action: 'reallocate', reason, evidence },
    epoch: { cause: 'bandit', evidence: { reason, ...evidence }, weights },
  };
}
