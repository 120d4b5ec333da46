import type { CatalogueService } from '../../../src/catalogue/catalogue.service.js';
import { DatabaseSilence } from '../../../src/database/database-silence.service.js';
import { DatabaseState } from '../../../src/database/database-state.service.js';
import type { RegistryService } from '../../../src/experiments/registry.service.js';
import type { IngestionService } from '../../../src/metrics/ingestion.service.js';
import type { Outcome, Verdict } from '../../../src/metrics/outcome.js';
import { OutcomeIntake } from '../../../src/metrics/spool/outcome-intake.service.js';
import { OutcomeSpool } from '../../../src/metrics/spool/outcome-spool.service.js';
import { SpoolDrain } from '../../../src/metrics/spool/spool-drain.service.js';
import { AssayError } from '../../../src/operations/assay-error.js';
import type { ReadinessProbe } from '../../../src/operations/health/readiness-probe.js';
import type { ReadinessProbes } from '../../../src/operations/health/readiness-probes.service.js';
import { outcomeWith } from './outcome.fixture.js';

const createdAt = new Date('2026-01-01T00:00:00Z');
const now = outcomeWith(600).at;
const silenceMilliseconds = 100;

/** What a database does with a write: commits it, loses it, or commits it and is not heard. */
export type Fate = 'commits' | 'refuses' | 'dies after the commit' | 'commits in silence';

/** Keeps what is written, once each, and goes away as it is told to. */
export class FakeDatabase {
  readonly rows: string[] = [];
  readonly batches: number[] = [];
  fates: Fate[] = [];
  poison: string | null = null;

  write(outcomes: readonly Outcome[]): Promise<Verdict[]> {
    const fate = this.fates.shift() ?? 'commits';
    const away = new AssayError('DATABASE_UNAVAILABLE', 'away');
    if (fate === 'refuses') return Promise.reject(away);
    this.batches.push(outcomes.length);
    const verdicts = outcomes.map(({ id }): Verdict => {
      if (this.rows.includes(id)) return 'duplicate';
      this.rows.push(id);
      return 'accepted';
    });
    if (fate === 'commits in silence') return new Promise(() => undefined);
    return fate === 'commits' ? Promise.resolve(verdicts) : Promise.reject(away);
  }

  async replay(outcomes: readonly Outcome[]): Promise<(Verdict | Error)[]> {
    const good = outcomes.filter(({ id }) => id !== this.poison);
    const verdicts = await this.write(good);
    return outcomes.map((outcome) => verdicts[good.indexOf(outcome)] ?? new Error('value out of range'));
  }
}

/** A process with a spool in the directory, on that database. */
export class SpoolingProcess {
  readonly state = new DatabaseState();
  readonly probes: ReadinessProbe[] = [];
  readonly spool: OutcomeSpool;
  readonly intake: OutcomeIntake;
  private readonly drain: SpoolDrain;

  constructor(directory: string | null, database: FakeDatabase, experiments: readonly number[] = [1, 2]) {
    const registry = {
      byId: (id: number) =>
        experiments.includes(id) ? { experiment: { key: `exp-${id}`, createdAt } } : undefined,
      whenLoaded: () => Promise.resolve(),
    } as unknown as RegistryService;
    const probes = { register: (probe: ReadinessProbe) => this.probes.push(probe) };
    const options = { directory, bytes: 1 << 20 };
    this.spool = new OutcomeSpool(
      options,
      registry,
      { now: () => now },
      probes as unknown as ReadinessProbes,
    );
    const ingestion = database as unknown as IngestionService;
    const catalogue = { whenLoaded: () => Promise.resolve() } as CatalogueService;
    this.drain = new SpoolDrain(this.spool, ingestion, this.state, registry, catalogue);
    const silence = new DatabaseSilence({ url: 'postgres://away', silenceMilliseconds });
    this.intake = new OutcomeIntake(ingestion, this.spool, this.drain, this.state, silence);
  }

  async start(): Promise<this> {
    this.drain.onModuleInit();
    await this.spool.onModuleInit();
    return this;
  }

  async drained(): Promise<void> {
    while (!this.spool.isEmpty) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  end(): Promise<void> {
    return this.intake.onApplicationShutdown();
  }
}
