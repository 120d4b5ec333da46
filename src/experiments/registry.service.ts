import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed } from '../database/change-feed.js';
import { DatabaseState } from '../database/database-state.service.js';
import { ExperimentStore } from './experiment.store.js';
import type { Experiment } from './experiment.js';
import type { RegistryEntry } from './registry-entry.js';
import { WeightEpochStore } from './weight-epoch.store.js';

const pollMilliseconds = 5_000;

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
  private readonly uses = new Map<string, string[]>();
  private loading: Promise<void> | null = null;
  private loaded = false;
  private changes = 0;
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
    this.timer = setInterval(() => this.attempt(this.poll()), pollMilliseconds);
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

  /** Reads one experiment again and returns it, or undefined when it is gone. */
  async refresh(key: string): Promise<RegistryEntry | undefined> {
    const experiment = await this.experiments.findByKey(key);
    if (!experiment) {
      this.forget(key);
      return undefined;
    }
    const entry = { experiment, epochs: await this.weightEpochs.list(experiment.id) };
    // Compared only now: while these were read, another refresh may have brought newer ones.
    const present = this.entries.get(key);
    if (present?.experiment.id === experiment.id && present.experiment.version > experiment.version)
      return present;
    this.entries.set(key, entry);
    this.changes += 1;
    this.keys.set(experiment.id, key);
    return entry;
  }

  /** Reads what memory has older or not at all, and forgets what is gone. */
  async poll(): Promise<void> {
    if (this.database.status !== 'ready') return;
    const versions = await this.experiments.versions();
    const present = new Set(versions.map((row) => row.key));
    for (const key of this.entries.keys()) if (!present.has(key)) this.forget(key);
    for (const row of versions) {
      if (this.entries.get(row.key)?.experiment.version !== row.version) await this.refresh(row.key);
    }
  }

  private forget(key: string): void {
    if (this.entries.delete(key)) this.changes += 1;
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
