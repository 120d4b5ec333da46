import type { Assignment, UnitAssignment } from '../../src/bucketing/assignment.js';
import type { AssignOptions } from '../../src/bucketing/assign-options.js';
import type { RecordedOutcome } from '../../src/metrics/outcome-recorder.js';
import type { RegistryEntry } from '../../src/experiments/registry-entry.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

/** Experiments in memory, without a database behind them. */
export class FakeRegistry {
  private readonly entries = new Map<string, RegistryEntry>();
  readonly notedUses: [key: string, place: string][] = [];

  add(changes: Partial<Experiment>): this {
    const experiment = experimentWith(changes);
    this.entries.set(experiment.key, { experiment, epochs: [] });
    return this;
  }

  get(key: string): RegistryEntry | undefined {
    return this.entries.get(key);
  }

  list(): readonly RegistryEntry[] {
    return [...this.entries.values()];
  }

  noteUse(key: string, place: string): void {
    this.notedUses.push([key, place]);
  }
}

/** Serves the treatment to everyone, unless told otherwise, and notes whom it exposed. */
export class FakeAssignments {
  readonly exposed: UnitAssignment[] = [];
  readonly asked: { key: string; unit: string; options: AssignOptions | undefined }[] = [];
  /** What to do instead of answering at once. */
  answer: (assignment: Assignment) => Assignment | Promise<Assignment> = (assignment) => assignment;
  variantOf: (unit: string) => string | null = () => 'treatment';

  constructor(private readonly registry: FakeRegistry) {}

  assign(key: string, unitId: string, options?: AssignOptions): Assignment | Promise<Assignment> {
    this.asked.push({ key, unit: unitId, options });
    return this.answer(this.assignment(key, unitId));
  }

  expose(assignment: UnitAssignment): void {
    if (assignment.exposes) this.exposed.push(assignment);
  }

  tokenOf({ exposes, experiment, unitId }: UnitAssignment, interaction: string): string | null {
    return exposes ? `${experiment}~${unitId}~${interaction}` : null;
  }

  private assignment(experiment: string, unitId: string): Assignment {
    const entry = this.registry.get(experiment);
    const known = { experiment, version: 1, entry };
    const variant = this.variantOf(unitId);
    const served = entry?.experiment.variants.find(({ key }) => key === variant);
    if (!entry) {
      return { ...known, ...fallback, config: {}, reason: 'unknown-experiment' };
    }
    if (!served) return { ...known, ...fallback, config: entry.experiment.fallback, reason: 'paused' };
    const { config } = served;
    return { ...known, variant, config, reason: 'split', propensity: 0.5, epoch: 1, exposes: true };
  }
}

const fallback = { variant: null, propensity: null, epoch: null, exposes: false } as const;

/** Notes which ids were said to be one person's. */
export class FakeUnitLinks {
  readonly linked: [visitor: string, user: string][] = [];
  answer: () => Promise<void> = () => Promise.resolve();

  link(visitor: string, user: string): Promise<void> {
    this.linked.push([visitor, user]);
    return this.answer();
  }
}

/** Notes what was recorded, and lets a test wait for it. */
export class FakeOutcomes {
  readonly recorded: RecordedOutcome[] = [];
  answer: () => Promise<void> = () => Promise.resolve();
  private waiting: (() => void)[] = [];

  record(outcome: RecordedOutcome): Promise<void> {
    this.recorded.push(outcome);
    for (const wake of this.waiting.splice(0)) wake();
    return this.answer();
  }

  /** The outcomes, as soon as there are that many. */
  async atLeast(count: number): Promise<readonly RecordedOutcome[]> {
    while (this.recorded.length < count) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.recorded;
  }
}
