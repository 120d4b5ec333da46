import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { generationLogDefaults } from '../../src/generations/generation-log.options.js';
import type { GenerationWriter } from '../../src/generations/generation-writer.service.js';
import type { ObservedGeneration } from '../../src/generations/observed-generation.js';
import type { GenerationEvent } from '../../src/llm/generation-metrics.js';
import { AssayError } from '../../src/operations/assay-error.js';
import type { ReadinessProbe } from '../../src/operations/health/readiness-probe.js';
import type { ReadinessProbes } from '../../src/operations/health/readiness-probes.service.js';
import { Prometheus } from '../../src/operations/prometheus/prometheus.service.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';
import { TestClock } from '../operations/test-clock.js';

/** A writer whose database is away, or refuses, as long as the test says so. */
class TestWriter {
  trouble: Error | ((observed: readonly ObservedGeneration[]) => Error | null) | null = null;
  readonly written: ObservedGeneration[] = [];
  readonly dropped: number[] = [];
  private batches = 0;

  prepare(observed: readonly ObservedGeneration[]) {
    return Promise.resolve({ id: String(this.batches++), observed, rows: [] });
  }

  write({ observed }: { observed: readonly ObservedGeneration[] }, dropped: ReadonlyMap<number, number>) {
    const error = typeof this.trouble === 'function' ? this.trouble(observed) : this.trouble;
    if (error) return Promise.reject(error);
    this.written.push(...observed);
    this.dropped.push(...dropped.values());
    return Promise.resolve();
  }
}

const away = new AssayError('DATABASE_UNAVAILABLE', 'The database does not answer.');
const refusal = Object.assign(new Error('canary in a driver message'), { code: '22021' });

function eventWith(text: string): GenerationEvent {
  const usage = { cacheReadTokens: 0 };
  const generation = { text, usage, isFallback: false };
  return {
    outcome: 'finished',
    config: {},
    request: { settings: {}, messages: [] },
    generation,
    error: null,
  } as never;
}

describe('the log of generations', () => {
  const prometheus = new Prometheus();
  afterAll(() => prometheus.onModuleDestroy());
  let writer: TestWriter;
  let log: GenerationLog;
  let probe: ReadinessProbe;
  const said: string[] = [];
  const record = (text = 'answer') => {
    const assignment = { entry: { experiment: experimentWith(), epochs: [] }, unitId: 'u', reason: 'split' };
    log.record({ assignment: assignment as never, interaction: null }, eventWith(text));
  };
  beforeEach(() => {
    prometheus.registry.clear();
    writer = new TestWriter();
    const probes = { register: (registered: ReadinessProbe) => (probe = registered) };
    const clock = new TestClock();
    log = new GenerationLog(
      generationLogDefaults,
      writer as unknown as GenerationWriter,
      probes as unknown as ReadinessProbes,
      clock,
      prometheus,
    );
    said.length = 0;
    const note = (...parts: unknown[]) => said.push(parts.map(String).join(' '));
    Object.assign(log, { logger: { log: note, warn: note, error: note } });
    log.onModuleInit();
  });

  it('writes everything once, in order, without waiting for it', async () => {
    for (let number = 0; number < 450; number++) record(String(number));
    expect(writer.written).toEqual([]);
    await log.drained();
    expect(writer.written.map(({ event }) => event.generation.text)).toEqual(
      Array.from({ length: 450 }, (_, number) => String(number)),
    );
  });

  it('keeps what it has while the database is away, says so once, and writes it afterwards', async () => {
    writer.trouble = away;
    record();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await probe.check()).toEqual({ state: 'degraded', detail: { waiting: 1, dropped: 0 } });
    expect(said).toHaveLength(1);
    writer.trouble = null;
    await log.drained();
    expect(writer.written).toHaveLength(1);
    expect(await probe.check()).toEqual({ state: 'up', detail: { waiting: 0, dropped: 0 } });
  });

  it('drops what is beyond its bounds, never silently', async () => {
    writer.trouble = away;
    for (let number = 0; number < 20_003; number++) record();
    expect(await probe.check()).toMatchObject({ state: 'degraded', detail: { waiting: 20_000, dropped: 3 } });
    expect(await prometheus.registry.metrics()).toMatch(/^assay_generations_dropped_total 3$/m);
    writer.trouble = null;
    await log.drained();
    expect(writer.written).toHaveLength(20_000);
    expect(writer.dropped).toEqual([3]);
  });

  it('gives up what the database will never take, alone, and names none of its content', async () => {
    writer.trouble = (observed) =>
      observed.some(({ event }) => event.generation.text === 'bad') ? refusal : null;
    for (const text of ['one', 'two', 'bad', 'three']) record(text);
    await log.drained();
    expect(writer.written.map(({ event }) => event.generation.text)).toEqual(['one', 'two', 'three']);
    expect(said.join()).toContain('22021');
    expect(said.join()).not.toContain('canary');
  });

  it('does not wait for ever to stop', async () => {
    writer.trouble = away;
    record();
    await log.onApplicationShutdown();
    expect(said.at(-1)).toBe('1 generations could not be written before shutdown');
  });
});
