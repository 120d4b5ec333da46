import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed } from '../database/change-feed.js';
import { DatabaseState } from '../database/database-state.service.js';
import { AssayError } from '../operations/assay-error.js';
import { isDryRun } from '../operations/dry-run/dry-run.js';
import type { EntityManager } from 'typeorm';
import { ExperimentStore } from './experiment.store.js';
import type { Experiment } from './experiment.js';
import type { RegistryEntry } from './registry-entry.js';
import { byChain } from './leaves.js';
import { WeightEpochStore } from './weight-epoch.store.js';

/** A kill that no message told of is found within this. */
const pollMilliseconds = 1_000;

/**
 * Every experiment, in memory. Assignment reads this and nothing else.
 *
 * - An entry's version never goes back, whatever order the messages arrive in.
 * - Changes arrive by the change feed; a slow poll finds those that the feed lost.
 */
@Injectable()
export class RegistryService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(RegistryService.name);
  private readonly entries = new Map<string, RegistryEntry>();
  private readonly keys = new Map<number, string>();
  /** When each entry was read last, as a count of changes. */
  private readonly learned = new Map<string, number>();
  private readonly uses = new Map<string, string[]>();
  private loading: Promise<void> | null = null;
  private loaded = false;
  private polling = false;
  private changes = 0;
  private confirmed = performance.now();
  private unsubscribe: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly experiments: ExperimentStore,
    private readonly weightEpochs: WeightEpochStore,
    private readonly changeFeed: ChangeFeed,
    private readonly database: DatabaseState,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.changeFeed.subscribe((change) => {
      if (change.topic === 'experiment') this.attempt(this.refresh(change.key));
      if (change.topic === 'resync') this.attempt(this.poll());
    });
    this.timer = setInterval(() => this.attempt(this.pollAlone()), pollMilliseconds);
    this.timer.unref();
    this.attempt(this.whenLoaded());
  }

  onModuleDestroy(): void {
    this.unsubscribe();
    clearInterval(this.timer);
  }

  /** Resolves once every experiment is in memory, which is as soon as the database is there. After a failure, ask again. */
  whenLoaded(): Promise<void> {
    this.loading ??= this.load();
    return this.loading;
  }

  /** Whether a key that memory does not have is one that no experiment has; otherwise nobody can say just now. */
  get isCurrent(): boolean {
    return this.loaded && this.database.status === 'ready';
  }

  /** Differs from an earlier one as soon as any entry does. */
  get revision(): number {
    return this.changes;
  }

  /** When all that is in memory was last known to be what the database holds; in milliseconds of `performance.now()`. */
  get confirmedAt(): number {
    return this.confirmed;
  }

  /** Notes whether the experiment can still be served as memory has it. */
  cutOff(key: string, cutOff: boolean): void {
    const entry = this.entries.get(key);
    if (!entry || (entry.cutOff ?? false) === cutOff) return;
    this.entries.set(key, { ...entry, cutOff });
    this.changes += 1;
  }

  get(key: string): RegistryEntry | undefined {
    return this.entries.get(key);
  }

  byId(id: number): RegistryEntry | undefined {
    const key = this.keys.get(id);
    return key === undefined ? undefined : this.entries.get(key);
  }

  list(): readonly RegistryEntry[] {
    return [...this.entries.values()];
  }

  /** Notes that a place in the code (`Class.method`) decorates this key. */
  noteUse(key: string, place: string): void {
    this.uses.set(key, [...(this.uses.get(key) ?? []), place]);
  }

  /** Every key that code decorates, with the places. */
  allUses(): ReadonlyMap<string, readonly string[]> {
    return this.uses;
  }

  /** Places that still decorate an experiment which is over; they can serve its config without it. */
  usesOf({ key, status }: Experiment): readonly string[] {
    return status === 'concluded' || status === 'archived' ? (this.uses.get(key) ?? []) : [];
  }

  /** Reads one experiment again and returns it, or undefined when it is gone. Memory takes nothing from a dry run. */
  async refresh(key: string): Promise<RegistryEntry | undefined> {
    const asked = this.changes;
    const entry = await this.read(key);
    if (entry) return this.adopt(entry);
    return isDryRun() ? undefined : this.forget(key, asked);
  }

  /** Takes what was read into memory, unless memory has a newer one or this is a dry run; returns the newer of the two. */
  adopt(entry: RegistryEntry): RegistryEntry {
    if (isDryRun()) return entry;
    const { id, key, version } = entry.experiment;
    const present = this.entries.get(key);
    if (present?.experiment.id === id && present.experiment.version > version) return present;
    this.entries.set(key, entry);
    this.changes += 1;
    this.learned.set(key, this.changes);
    this.keys.set(id, key);
    return entry;
  }

  /** What that transaction has just written, as it alone sees it by now; for {@link adopt} once it is committed. */
  async written(key: string, manager: EntityManager): Promise<RegistryEntry> {
    const entry = await this.read(key, manager);
    if (!entry) throw new AssayError('INTERNAL', `Experiment "${key}" is not there after it was written.`);
    return entry;
  }

  private async read(key: string, manager?: EntityManager): Promise<RegistryEntry | undefined> {
    const experiment = await this.experiments.findByKey(key, manager);
    if (!experiment) return undefined;
    return { experiment, ...byChain(await this.weightEpochs.listAll(experiment.id, manager)) };
  }

  /** Reads what memory has older or not at all, and forgets what is gone. */
  async poll(): Promise<void> {
    if (this.database.status !== 'ready') return;
    const [asked, before] = [performance.now(), this.changes];
    const versions = await this.experiments.versions();
    const present = new Set(versions.map((row) => row.key));
    for (const key of this.entries.keys()) if (!present.has(key)) this.forget(key, before);
    for (const row of versions) {
      if (this.entries.get(row.key)?.experiment.version !== row.version) await this.refresh(row.key);
    }
    this.confirmed = asked;
  }

  /** The timer's poll: a database that answers slowly is not asked more and more. */
  private async pollAlone(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      await this.poll();
    } finally {
      this.polling = false;
    }
  }

  /** Forgets what a reading did not find, unless it came to be after that was asked for; then that stays, and is returned. */
  private forget(key: string, asked: number): RegistryEntry | undefined {
    if ((this.learned.get(key) ?? 0) > asked) return this.entries.get(key);
    this.learned.delete(key);
    if (this.entries.delete(key)) this.changes += 1;
    return undefined;
  }

  private async load(): Promise<void> {
    try {
      await this.database.whenReady();
      await this.poll();
      this.loaded = true;
    } catch (error) {
      this.loading = null;
      throw error;
    }
  }

  private attempt(work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      this.logger.warn('Experiments could not be read again; memory stays as it was', error),
    );
  }
}
