import { EventEmitter2 } from '@nestjs/event-emitter';
import { DatabaseSilence } from '../../src/database/database-silence.service.js';
import { EventPublisher } from '../../src/operations/events/event-publisher.service.js';
import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.js';
import type { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import { ordinaryMetric, type Metric } from '../../src/catalogue/metric.js';
import type { RegistryService } from '../../src/experiments/registry.service.js';
import { HealthStore } from '../../src/metrics/health.store.js';
import { IngestionService } from '../../src/metrics/ingestion.service.js';
import { OutcomeStore } from '../../src/metrics/outcome.store.js';
import { PartitionStore } from '../../src/metrics/partition.store.js';
import { startDatabase, type StartedDatabase } from '../database/embedded.fixture.js';
import { scratchDatabaseIfAny } from '../database/services.fixture.js';

const ordinary: Metric = {
  ...ordinaryMetric,
  key: '',
  direction: 'increase',
  category: 'performance',
  unit: '',
};

const described: readonly Partial<Metric>[] = [
  { key: 'rating', category: 'quality', fromClient: true },
  { key: 'latency', cap: 1_000 },
  { key: 'success', kind: 'proportion', category: 'quality' },
  { key: 'score', kind: 'mean-per-unit', category: 'quality', cap: 2.5, fromClient: true },
  { key: 'cost', category: 'cost' },
  { key: 'error', category: 'reliability' },
  { key: 'cost_per_success', kind: 'ratio', numerator: 'cost', denominator: 'success' },
  { key: 'rating_per_latency', kind: 'ratio', numerator: 'rating', denominator: 'latency' },
  { key: 'delay', kind: 'quantile', quantile: 0.95, cap: 1_000 },
];

/** Every kind of metric that totals are kept for, with and without a cap, of quality and not. */
export const entries: readonly CatalogueEntry[] = described.map((metric, index) => ({
  id: index + 1,
  metric: { ...ordinary, ...metric },
}));

export function metricNumber(key: string): number {
  const entry = entries.find(({ metric }) => metric.key === key);
  if (!entry) throw new Error(`There is no metric "${key}" in this catalogue`);
  return entry.id;
}

/** The attribution window of every experiment here. */
export const attributionWindow = 'P7D';

/** The catalogue of these metrics, as far as stores ask it. */
export const catalogue = {
  get: (key: string) => entries.find(({ metric }) => metric.key === key),
  byNumber: (id: number) => entries.find((entry) => entry.id === id),
  entries: () => entries,
} as unknown as CatalogueService;

const registry = {
  byId: (id: number) => ({
    experiment: {
      id,
      source: 'live',
      guardrails: [],
      metrics: {
        primary: ['rating', 'cost_per_success'],
        secondary: ['rating_per_latency'],
        window: attributionWindow,
      },
    },
  }),
} as unknown as RegistryService;

/** A writer of outcomes with nothing in its memory, as after a restart. */
export function startWriter({ dataSource, transactions }: StartedDatabase): IngestionService {
  const events = new EventPublisher(new EventEmitter2());
  const partitions = new PartitionStore();
  const outcomes = new OutcomeStore(new ExposureStore(dataSource), partitions, new HealthStore(dataSource));
  const silence = new DatabaseSilence({ url: null });
  return new IngestionService(outcomes, partitions, transactions, registry, catalogue, events, silence);
}

/** The embedded database, or a fresh one on the server of DATABASE_URL; and the way to open it again. */
export async function openDatabase(): Promise<{ open(): Promise<StartedDatabase>; drop(): Promise<void> }> {
  const fresh = await scratchDatabaseIfAny();
  return {
    open: () => startDatabase({ url: fresh?.url ?? null, dataDirectory: 'memory://' }),
    drop: async () => fresh?.drop(),
  };
}
