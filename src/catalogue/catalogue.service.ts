import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed } from '../database/change-feed.js';
import { DatabaseState } from '../database/database-state.service.js';
import { Transactions } from '../database/transactions.service.js';
import { isDryRun } from '../operations/dry-run/dry-run.js';
import { AssayError } from '../operations/assay-error.js';
import { builtInMetrics } from './built-in-metrics.js';
import { indicatorMetric, type CatalogueEntry } from './catalogue.js';
import type { Metric } from './metric.js';
import { MetricStore } from './metric.store.js';
import { refuseNamedMetrics } from './refuse-named-metrics.js';

/** The metrics that may be measured, held in memory; a metric never changes once it exists, and every process soon knows it. */
@Injectable()
export class CatalogueService implements OnModuleInit, OnModuleDestroy {
  private readonly byKey = new Map<string, CatalogueEntry>();
  private readonly byId = new Map<number, CatalogueEntry>();
  private loading: Promise<void> | null = null;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly metrics: MetricStore,
    private readonly transactions: Transactions,
    private readonly changeFeed: ChangeFeed,
    private readonly database: DatabaseState,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.changeFeed.subscribe(({ topic }) =>
      topic === 'metric' || topic === 'resync' ? this.reload() : undefined,
    );
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Resolves once the catalogue is in memory, which is as soon as the database is there. After a failure, ask again. */
  whenLoaded(): Promise<void> {
    this.loading ??= this.load();
    return this.loading;
  }

  /** Whether a key that memory does not have is one that no metric has. */
  get isLoaded(): boolean {
    return this.byKey.size > 0;
  }

  private async load(): Promise<void> {
    try {
      await this.database.whenReady();
      await this.add(builtInMetrics);
    } catch (error) {
      this.loading = null;
      throw error;
    }
  }

  get(key: string): CatalogueEntry | undefined {
    return this.byKey.get(key);
  }

  byNumber(id: number): CatalogueEntry | undefined {
    return this.byId.get(id);
  }

  entries(): readonly CatalogueEntry[] {
    return [...this.byKey.values()];
  }

  list(): readonly Metric[] {
    return [...this.byKey.values()].map((entry) => entry.metric).filter((metric) => !/[<>]/.test(metric.key));
  }

  /**
   * Adds a metric. Throws METRIC_EXISTS when the key is taken (metrics never change, for old results must not), and
   * UNKNOWN_METRIC or INVALID_REQUEST when it names metrics that do not exist or do not fit.
   */
  async create(metric: Metric): Promise<Metric> {
    refuseNamedMetrics(metric, (key) => this.byKey.get(key)?.metric);
    const isFree = !this.byKey.has(metric.key);
    // Another process may have taken the key a moment ago.
    if (!isFree || (await this.add([metric])).length === 0) {
      throw new AssayError(
        'METRIC_EXISTS',
        `Metric "${metric.key}" exists already and metrics never change; choose another key.`,
      );
    }
    return metric;
  }

  /** Makes sure that the indicator metrics of these names exist; see `guardedMetric`. */
  async ensureIndicators(keys: readonly string[]): Promise<void> {
    const missing = keys.filter((key) => /[<>]/.test(key) && !this.byKey.has(key));
    if (missing.length === 0) return;
    await this.add(missing.map(indicatorMetric));
  }

  /** Reads again what another process may have added. */
  async reload(): Promise<void> {
    for (const entry of await this.metrics.list()) {
      this.byKey.set(entry.metric.key, entry);
      this.byId.set(entry.id, entry);
    }
  }

  private async add(metrics: readonly Metric[]): Promise<readonly string[]> {
    const added = await this.transactions.run(async (manager, announce) => {
      const keys = await this.metrics.insert(metrics, manager);
      // Who hears of one reads them all.
      for (const key of keys.slice(0, 1)) announce({ topic: 'metric', key, version: 1 });
      return keys;
    });
    // What a dry run adds is gone in a moment.
    if (!isDryRun()) await this.reload();
    return added;
  }
}
