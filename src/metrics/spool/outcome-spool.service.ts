import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { RegistryService } from '../../experiments/registry.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import type { Readiness } from '../../operations/health/readiness-probe.js';
import { ReadinessProbes } from '../../operations/health/readiness-probes.service.js';
import type { Outcome } from '../outcome.js';
import { DrainPace } from './drain-pace.js';
import { SpoolDirectory, type Segment } from './spool-directory.client.js';
import { SPOOL_OPTIONS, type SpoolOptions } from './spool.options.js';
import { identityOf, readSpooled, spooledBytes, type SpooledOutcome } from './spooled-outcome.mapper.js';
import { WaitingOutcomes } from './waiting-outcomes.js';

/** How long after a failure the directory is tried again. */
const reopenMilliseconds = 5_000;
/** Outcomes that may wait for the drain to go on: as many as may wait for the database. */
const patientOutcomes = 50_000;
/** With less room than this it is as good as full. */
const leastRoom = 1 << 16;

/** Outcomes on this process's disk that wait for the database. */
@Injectable()
export class OutcomeSpool implements OnModuleInit {
  /** Speed of the drain, which new outcomes respect. */
  readonly pace = new DrainPace();
  private readonly logger = new Logger(OutcomeSpool.name);
  private readonly waitingOutcomes = new WaitingOutcomes();
  private directory: SpoolDirectory | null = null;
  private opening: Promise<void> | null = null;
  private trouble: { readonly reason: string; readonly at: number } | null = null;
  private adding = 0;
  private closed = false;
  private onFilled: () => void = () => undefined;

  constructor(
    @Inject(SPOOL_OPTIONS) private readonly options: SpoolOptions,
    private readonly registry: RegistryService,
    private readonly clock: Clock,
    private readonly probes: ReadinessProbes,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.options.directory === null) return;
    this.probes.register({ name: 'spool', check: () => Promise.resolve(this.readiness()) });
    await this.open();
  }

  /** Whether outcomes can be taken in while the database is away. */
  get holds(): boolean {
    return this.directory?.fits(leastRoom) ?? false;
  }

  /** Whether nothing waits; what comes now may go to the database at once. */
  get isEmpty(): boolean {
    return this.adding === 0 && (this.directory?.segments.length ?? 0) === 0;
  }

  /** How many outcomes of an experiment wait in this process. */
  waiting(experimentId: number): number {
    return this.waitingOutcomes.of(experimentId);
  }

  /** Who is told that something waits. */
  whenFilled(listener: () => void): void {
    this.onFilled = listener;
    if (!this.isEmpty) listener();
  }

  /** Opens the directory unless it is open; false when that cannot be, or must not. */
  async open(): Promise<boolean> {
    if (this.directory) return true;
    const { directory } = this.options;
    const now = this.clock.now().getTime();
    const tooSoon = this.trouble !== null && now - this.trouble.at < reopenMilliseconds;
    if (directory === null || this.closed || (tooSoon && !this.opening)) return false;
    this.opening ??= this.take(directory).finally(() => (this.opening = null));
    await this.opening;
    return this.directory !== null;
  }

  /**
   * Takes outcomes in; resolves once they are on disk and, during a drain, once it is their turn.
   *
   * @throws AssayError SPOOL_FULL when they do not fit or cannot be written, TOO_MANY_REQUESTS when the drain is behind
   */
  async add(outcomes: readonly Outcome[]): Promise<void> {
    if (!this.directory) throw unwritable('there is no spool');
    const records = outcomes.map((outcome) => spooledBytes(this.withExperiment(outcome)));
    this.refuseExcess(records, this.directory);
    this.adding += 1;
    try {
      await this.directory.append(records);
      this.waitingOutcomes.add(outcomes);
    } catch (error) {
      this.logger.error('The spool cannot be written to', error);
      throw unwritable('its spool cannot be written to', error);
    } finally {
      this.adding -= 1;
    }
    this.onFilled();
    await this.pace.turn(outcomes.length);
  }

  /** The oldest outcomes, as one file holds them; null when none waits. */
  async oldest(): Promise<Segment | null> {
    return (await this.directory?.oldest()) ?? null;
  }

  /** The outcomes of a segment, in order. Records of another format are set aside. */
  async read(segment: Segment): Promise<SpooledOutcome[]> {
    if (!this.directory) return [];
    const { records, torn } = await this.directory.read(segment);
    if (torn > 0)
      this.logger.warn(`${segment.path} ends with ${torn} bytes that were never acknowledged; left out`);
    const read: SpooledOutcome[] = [];
    for (const record of records) {
      const spooled = readSpooled(record);
      if (spooled) read.push(spooled);
      else await this.directory.setAside(record.toString());
    }
    return read;
  }

  /** These have become the database's. */
  drained(outcomes: readonly Outcome[]): void {
    this.waitingOutcomes.remove(outcomes);
    this.pace.progress(outcomes.length);
  }

  /** Everything in the segment has been drained or set aside. */
  async remove(segment: Segment): Promise<void> {
    await this.directory?.remove(segment);
  }

  /** Keeps an outcome that the database will never take, for people to look at. */
  async setAside({ outcome, experiment }: SpooledOutcome, reason: string): Promise<void> {
    this.logger.error(`Outcome "${outcome.id}" of ${experiment} is set aside: ${reason}`);
    await this.directory?.setAside(JSON.stringify({ reason, experiment, outcome }));
  }

  /** Gives the directory back; what waits there waits for the next start. */
  async close(): Promise<void> {
    this.closed = true;
    const { total } = this.waitingOutcomes;
    if (total > 0) this.logger.warn(`${total} outcomes stay in the spool until the next start`);
    await this.directory?.close();
    this.directory = null;
  }

  private async take(path: string): Promise<void> {
    try {
      const directory = await SpoolDirectory.open(path, { bytes: this.options.bytes });
      for (const segment of directory.segments) {
        const { records } = await directory.read(segment);
        this.waitingOutcomes.add(records.flatMap((record) => readSpooled(record)?.outcome ?? []));
      }
      this.directory = directory;
      this.trouble = null;
      if (!this.isEmpty) this.onFilled();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.trouble = { reason, at: this.clock.now().getTime() };
      this.logger.warn(`Without a spool, outcomes are refused while the database is away: ${reason}`);
    }
  }

  private withExperiment(outcome: Outcome): SpooledOutcome {
    const experiment = this.registry.byId(outcome.experimentId)?.experiment;
    return { outcome, experiment: experiment ? identityOf(experiment) : '' };
  }

  private refuseExcess(records: readonly Buffer[], directory: SpoolDirectory): void {
    const { backlog } = this.pace;
    if (backlog > patientOutcomes) {
      const message = `${this.waitingOutcomes.total} outcomes are being written from the spool; send these ${records.length} again in a second.`;
      throw new AssayError('TOO_MANY_REQUESTS', message);
    }
    if (directory.fits(records.reduce((sum, { length }) => sum + length, 0))) return;
    throw unwritable(
      `its spool is full (${this.waitingOutcomes.total} outcomes wait; ASSAY_SPOOL_MEGABYTES says how many may)`,
    );
  }

  private readiness(): Readiness {
    if (!this.directory) return { state: 'degraded', detail: { reason: 'it cannot be opened; see the log' } };
    const detail = {
      records: this.waitingOutcomes.total,
      bytes: this.directory.bytes,
      oldestSeconds: Math.round((this.waitingOutcomes.age(this.clock.now()) ?? 0) / 1_000),
    };
    return { state: this.isEmpty ? 'up' : 'degraded', detail };
  }
}

function unwritable(reason: string, cause?: unknown): AssayError {
  return new AssayError(
    'SPOOL_FULL',
    `The database is away, and ${reason}. Nothing was taken: send this again later.`,
    [],
    { cause },
  );
}
