import type { Scheduler } from 'fast-check';
import { SampleRatioService } from '../../src/analysis/health/sample-ratio.service.js';
import { AllocationService } from '../../src/allocation/allocation.service.js';
import { DatabaseState } from '../../src/database/database-state.service.js';
import type { RecordedDecision } from '../../src/experiments/decision.js';
import { ExperimentStore } from '../../src/experiments/experiment.store.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import type { WeightEpoch } from '../../src/experiments/weight-epoch.js';
import { WeightEpochStore } from '../../src/experiments/weight-epoch.store.js';
import { paused } from '../../src/guardrails/guardrail-change.js';
import { ChangeService } from '../../src/lifecycle/change.service.js';
import { DueStepService, type Decide, type TickReport } from '../../src/lifecycle/due-step.service.js';
import { DueStepStore } from '../../src/lifecycle/due-step.store.js';
import type { DueKind } from '../../src/lifecycle/due-step.js';
import { EditService } from '../../src/lifecycle/edit.service.js';
import { LifecycleJob } from '../../src/lifecycle/lifecycle.job.js';
import { LifecycleService } from '../../src/lifecycle/lifecycle.service.js';
import { AssayError } from '../../src/operations/assay-error.js';
import { Clock } from '../../src/operations/clock.js';
import { RampJob } from '../../src/rollouts/ramp.job.js';
import { Obstacles } from '../../src/rollouts/obstacles.service.js';
import { RampService } from '../../src/rollouts/ramp.service.js';
import { RolloutJob } from '../../src/rollouts/rollout.job.js';
import { RolloutService } from '../../src/rollouts/rollout.service.js';
import { StageService } from '../../src/rollouts/stage.service.js';
import { startServer, type StartedServer } from '../e2e/server.fixture.js';

const person = 'person:ada';

const rampWithApproval = [
  { coverage: 5 },
  { after: 'P1D', coverage: 10 },
  { after: 'P2D', coverage: 25 },
  { after: 'P3D', coverage: 50, approval: true },
  { after: 'P4D', coverage: 100 },
];

/** Something that anybody, or any process, may do to an experiment at any time. */
export type Operation =
  | { readonly kind: 'tick'; readonly process: number; readonly hours: number }
  | { readonly kind: 'trip' | 'end' }
  | { readonly kind: 'pause' | 'resume' | 'kill' | 'conclude' | 'archive' | 'edit' }
  | { readonly kind: 'hold' | 'let-go' | 'abort-ramp' | 'approve' }
  | { readonly kind: 'roll-out' | 'pause-rollout' | 'resume-rollout' | 'abort-rollout' }
  | { readonly kind: 'reallocate'; readonly weights: Readonly<Record<string, number>> }
  | { readonly kind: 'cover'; readonly coverage: number };

/** All that is on record of an experiment. */
export interface History {
  readonly experiment: Experiment;
  /** Oldest first. */
  readonly epochs: readonly WeightEpoch[];
  /** Oldest first. */
  readonly decisions: readonly RecordedDecision[];
}

/** Lets other operations in between a decision and its being written. */
class InterleavedSteps extends DueStepService {
  between: () => Promise<void> = () => Promise.resolve();

  override run(kind: DueKind, decide: Decide): Promise<TickReport> {
    return super.run(kind, async (...seen) => {
      const decision = await decide(...seen);
      await this.between();
      return decision;
    });
  }
}

/** Three processes' schedules and all of Assay's services on one database. */
export class TrafficWorld {
  private readonly processes: {
    steps: InterleavedSteps;
    ramp: RampJob;
    rollout: RolloutJob;
    life: LifecycleJob;
  }[];

  private constructor(private readonly server: StartedServer) {
    server.stopTimers();
    const get = this.get.bind(this);
    this.processes = [1, 2, 3].map(() => {
      const steps = new InterleavedSteps(
        get(DueStepStore),
        get(ExperimentStore),
        get(ChangeService),
        get(DatabaseState),
        get(Clock),
      );
      const ramp = new RampJob(steps, get(SampleRatioService), get(Obstacles), get(ExperimentsService));
      const rollout = new RolloutJob(steps, get(StageService), get(Obstacles));
      const life: LifecycleJob = Object.create(get(LifecycleJob), { dueSteps: { value: steps } });
      return { steps, ramp, rollout, life };
    });
  }

  static async start(): Promise<TrafficWorld> {
    return new TrafficWorld(await startServer());
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** A started experiment of three variants with a ramp. */
  async create(key: string, ramp: readonly object[] = rampWithApproval): Promise<void> {
    await this.server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
      metrics: { primary: 'task_completed', window: 'P1D' },
      guardrails: [],
      ramp,
    });
    const started = await this.server.call('POST', `/v1/experiments/${key}/start`);
    if (started.status !== 200) throw new Error(JSON.stringify(started.body));
  }

  /** Carries the operations out at once, in whatever order the scheduler lets their parts go. */
  async interleave(key: string, operations: readonly Operation[], scheduler: Scheduler): Promise<void> {
    const between = () => scheduler.schedule(Promise.resolve(), 'write');
    for (const { steps } of this.processes) steps.between = between;
    const all = operations.map(async (operation) => {
      await scheduler.schedule(Promise.resolve(), `read for ${operation.kind}`);
      await this.attempt(key, operation, between);
    });
    await scheduler.waitFor(Promise.all(all));
    for (const { steps } of this.processes) steps.between = () => Promise.resolve();
  }

  /** Lets time pass and every process look at what is due. */
  async passTime(hours: number): Promise<void> {
    this.server.advance(hours * 3_600_000);
    await Promise.all(this.processes.map((_, process) => this.tick(process)));
  }

  async history(key: string): Promise<History> {
    const experiment = await this.get(ExperimentsService).find(key);
    const epochs = await this.get(WeightEpochStore).list(experiment.id);
    const decisions = await this.get(ExperimentsService).decisionsOf(experiment);
    return { experiment, epochs, decisions: decisions.reverse() };
  }

  /** Ends what is left of an experiment, so that later ones do not wait for it. */
  async forget(key: string): Promise<void> {
    const seen = await this.get(ExperimentsService).find(key);
    if (seen.status !== 'archived' && seen.status !== 'killed')
      await this.get(LifecycleService).kill(seen, person, 'done');
  }

  /** One of Assay's own parts. */
  get<Type>(type: abstract new (...dependencies: never[]) => Type): Type {
    return this.server.app.get<Type>(type, { strict: false });
  }

  private async tick(process: number): Promise<void> {
    const each = this.processes[process];
    await each?.life.tick();
    await each?.ramp.tick();
    await each?.rollout.tick();
  }

  private async attempt(key: string, operation: Operation, between: () => Promise<void>): Promise<void> {
    try {
      if (operation.kind === 'tick') {
        this.server.advance(operation.hours * 3_600_000);
        return await this.tick(operation.process);
      }
      const seen = await this.get(ExperimentsService).find(key);
      await between();
      await this.act(seen, operation);
    } catch (error) {
      if (operation.kind === 'kill' && error instanceof AssayError && error.code === 'VERSION_CONFLICT')
        throw error;
      // Whoever comes too late, or asks for what is illegal by now, is refused; that is no fault.
      if (!(error instanceof AssayError)) throw error;
    }
  }

  private act(seen: Experiment, operation: Exclude<Operation, { kind: 'tick' }>): Promise<unknown> {
    const wish = { seen, actor: person, reason: 'model' } as const;
    const stages = [{ percent: 60, hold: 'P1D' }, { percent: 90, hold: 'P1D' }, { percent: 100 }];
    switch (operation.kind) {
      case 'trip':
        return this.trip(seen);
      case 'pause':
        return this.get(LifecycleService).pause(seen, person, 'model');
      case 'resume':
        return this.get(LifecycleService).resume(seen, person, 'model');
      case 'kill':
        return this.get(LifecycleService).kill(seen, person, 'model');
      case 'conclude':
        return this.get(LifecycleService).conclude(seen, person, 'b', 'model');
      case 'archive':
        return this.get(LifecycleService).archive(seen, person, 'model');
      case 'edit':
        return this.get(EditService).edit(seen, { name: 'edited' }, person);
      case 'end':
        return this.get(EditService).edit(
          seen,
          { endsAt: new Date(this.server.now().getTime() + 60_000) },
          person,
        );
      case 'cover':
        return this.get(EditService).edit(seen, { coverage: operation.coverage }, person);
      case 'reallocate':
        return this.get(AllocationService).set(seen, { mode: 'fixed', weights: operation.weights }, person);
      case 'hold':
        return this.get(RampService).hold(wish);
      case 'let-go':
        return this.get(RampService).resume(wish);
      case 'abort-ramp':
        return this.get(RampService).abort(wish);
      case 'approve':
        return this.get(RampService).approve(wish);
      case 'roll-out':
        return this.get(RolloutService).start(seen, { winner: 'b', remainder: 'others', stages }, person);
      case 'pause-rollout':
        return this.get(RolloutService).pause(seen, person, 'model');
      case 'resume-rollout':
        return this.get(RolloutService).resume(seen, person, 'model');
      case 'abort-rollout':
        return this.get(RolloutService).abort(seen, person, 'model');
    }
  }

  /** What a guardrail does once it is breached. */
  private async trip(seen: Experiment): Promise<void> {
    if (seen.status !== 'running' && seen.status !== 'rolling-out') return;
    const harm = { seen, reason: 'model', evidence: {}, now: this.server.now() };
    await this.get(ChangeService).commit(paused(harm));
  }
}
