import { Injectable } from '@nestjs/common';
import type { Bandit } from '../experiments/allocation.js';
import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Change } from '../lifecycle/change.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { durationMilliseconds } from '../operations/duration.js';
import { BanditViews } from './bandit-view.service.js';
import type { BanditStep } from './bandit-step.js';
import { reallocationChange } from './reallocation-change.js';
import { treeStep, type TreeStep } from './tree-step.js';

/** The root's step, those of the leaves and, where they change something, what. */
export interface Reallocation extends BanditStep, Pick<TreeStep, 'leaves' | 'opened'> {
  readonly change: Change | null;
}

/** Takes the bandit's steps: totals in, weights out. */
@Injectable()
export class ReallocationService {
  constructor(
    private readonly views: BanditViews,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** The bandit's next step, decided but not taken: on matured units of the test alone. */
  async decide(
    seen: Experiment,
    bandit: Bandit,
    now: Date,
    { actor = 'bandit', cause = {} }: { actor?: Actor; cause?: BanditStep['evidence'] } = {},
  ): Promise<Reallocation> {
    const { standing, maturedBefore, ...loaded } = await this.views.load(seen, bandit, now);
    const { root, leaves, opened } = treeStep(loaded);
    const common = { maturedBefore: maturedBefore.toISOString() };
    const told = { ...common, outcome: root.outcome, ...cause, ...root.evidence };
    const steps: TreeStep = {
      root: { ...root, evidence: told },
      leaves: leaves.map((leaf) => ({ ...leaf, evidence: { ...common, ...leaf.evidence } })),
      opened,
    };
    return {
      ...steps.root,
      leaves: steps.leaves,
      opened,
      change: reallocationChange(seen, steps, standing, actor),
    };
  }

  /** Takes the next step now, and the one after it a period from now. Throws ILLEGAL_TRANSITION where there is none. */
  async reallocate(
    seen: Experiment,
    actor: Actor,
    cause: BanditStep['evidence'] = {},
  ): Promise<Reallocation> {
    const { allocation } = seen;
    if (seen.status !== 'running' || allocation.mode !== 'bandit') {
      throw new AssayError(
        'ILLEGAL_TRANSITION',
        `Experiment "${seen.key}" is ${seen.status} with ${allocation.mode} weights; only a running bandit can be reallocated. ` +
          `PUT /v1/experiments/${seen.key}/allocation switches modes.`,
      );
    }
    const now = this.clock.now();
    const taken = await this.decide(seen, allocation, now, { actor, cause });
    const next = new Date(now.getTime() + durationMilliseconds(allocation.every));
    const at = taken.outcome === 'recommended' ? null : next;
    if (taken.change) await this.changes.commit({ ...taken.change, due: [{ kind: 'bandit', at }] });
    return taken;
  }
}
