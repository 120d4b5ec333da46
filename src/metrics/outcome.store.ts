import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExposureStore, type StoredExposure } from '../bucketing/exposure.store.js';
import { HealthStore, type HealthEvent } from './health.store.js';
import type { MetricRule, RatioRule } from './metric-rules.js';
import { inWindow } from './outcome-window.js';
import { isComputed, type Outcome, type Verdict } from './outcome.js';
import { PartitionStore } from './partition.store.js';
import { writeOutcomes } from './write-outcomes.statement.js';

/** A batch with the rules by which its metrics count. */
export interface OutcomeBatch {
  readonly outcomes: readonly Outcome[];
  readonly metrics: readonly MetricRule[];
  readonly ratios: readonly RatioRule[];
  /** Attribution window by experiment in ISO 8601; null = everything counts (imported data). */
  readonly windows: ReadonlyMap<number, string | null>;
}

interface Placed {
  readonly outcome: Outcome;
  readonly home: StoredExposure;
  readonly counts: boolean;
}

/** Writes outcomes: deduplicated, and counted in every total, in the caller's transaction. */
@Injectable()
export class OutcomeStore {
  constructor(
    private readonly exposures: ExposureStore,
    private readonly partitions: PartitionStore,
    private readonly health: HealthStore,
  ) {}

  /** What became of each outcome, in the order given. Cohort days that now exist are added to `days`. */
  async write(
    batch: OutcomeBatch,
    writer: number,
    days: Set<string>,
    manager: EntityManager,
  ): Promise<Verdict[]> {
    const proofs = batch.outcomes.flatMap((outcome) => outcome.proof ?? []);
    const homes = new Map<string, StoredExposure[]>();
    for (const home of await this.exposures.writeAndLock(proofs, batch.outcomes, writer, manager)) {
      homes.set(unitKeyOf(home), [...(homes.get(unitKeyOf(home)) ?? []), home]);
    }
    const placed = batch.outcomes.map((outcome) => place(outcome, homes.get(unitKeyOf(outcome)), batch));
    const known = placed.filter((item) => item !== null);
    const closed = await this.partitions.closed(
      known.map(({ home }) => home.cohortDay),
      manager,
    );
    const open = known.filter(({ home }) => !closed.has(home.cohortDay));
    for (const { home } of open) days.add(home.cohortDay);
    await this.partitions.ensure(days, manager);
    const written = await this.insert(open, [...homes.values()].flat(), batch, writer, manager);
    const verdicts = placed.map((item) => verdictOf(item, written, closed));
    await this.count(batch.outcomes, placed, verdicts, writer, manager);
    return verdicts;
  }

  private async insert(
    placed: readonly Placed[],
    homes: readonly StoredExposure[],
    { metrics, ratios }: OutcomeBatch,
    writer: number,
    manager: EntityManager,
  ): Promise<Set<Outcome>> {
    if (placed.length === 0) return new Set();
    const distinct = counting(placed);
    const items = [...distinct.values()];
    const rows: { o: number }[] = await manager.query(writeOutcomes, [
      JSON.stringify(items.map(asItem)),
      JSON.stringify(metrics),
      JSON.stringify(ratios),
      JSON.stringify(homes.map(asHome)),
      writer,
    ]);
    const written = new Set(rows.flatMap(({ o }) => items[o]?.outcome ?? []));
    // Feedback that another of the batch replaces was written as much as that one.
    for (const { outcome } of placed) {
      const counted = distinct.get(keyOf(outcome))?.outcome;
      if (outcome.replaces && counted && written.has(counted)) written.add(outcome);
    }
    return written;
  }

  private async count(
    outcomes: readonly Outcome[],
    placed: readonly (Placed | null)[],
    verdicts: readonly Verdict[],
    writer: number,
    manager: EntityManager,
  ): Promise<void> {
    await this.health.add(
      outcomes.flatMap(({ experimentId }, index): HealthEvent[] => {
        if (verdicts[index] === 'never-exposed') return [{ experimentId, counter: 'neverExposed' }];
        if (verdicts[index] !== 'accepted') return [];
        const accepted: HealthEvent = { experimentId, counter: 'outcomes' };
        return placed[index]?.counts ? [accepted] : [accepted, { experimentId, counter: 'outsideWindow' }];
      }),
      writer,
      manager,
    );
  }
}

/** Of several outcomes with one id the first; of several ratings the one received last, or computed here. */
function counting(placed: readonly Placed[]): Map<string, Placed> {
  const distinct = new Map<string, Placed>();
  for (const item of placed) {
    const { outcome } = item;
    const other = distinct.get(keyOf(outcome))?.outcome;
    if (!other || (outcome.replaces && supersedes(outcome, other))) distinct.set(keyOf(outcome), item);
  }
  return distinct;
}

/** As the statement decides where the other one is stored already. */
function supersedes(outcome: Outcome, other: Outcome): boolean {
  if (isComputed(outcome) !== isComputed(other)) return isComputed(outcome);
  return outcome.receivedAt >= other.receivedAt;
}

function keyOf(outcome: Outcome): string {
  return `${unitKeyOf(outcome)}:${outcome.id}`;
}

function unitKeyOf({ experimentId, unit }: { experimentId: number; unit: string }): string {
  return `${experimentId}:${unit}`;
}

/** Where the outcome counts: in the phase its token names, else in the unit's latest; null when it was never exposed. */
function place(
  outcome: Outcome,
  homes: readonly StoredExposure[] | undefined,
  batch: OutcomeBatch,
): Placed | null {
  const home = homes?.find(({ phase }) => phase === outcome.phase) ?? homes?.at(-1);
  if (!home) return null;
  const window = batch.windows.get(outcome.experimentId) ?? null;
  return { outcome, home, counts: window === null || inWindow(outcome.at, home.exposedAt, window) };
}

function verdictOf(item: Placed | null, written: ReadonlySet<Outcome>, closed: ReadonlySet<string>): Verdict {
  if (!item) return 'never-exposed';
  const { cohortDay } = item.home;
  if (closed.has(cohortDay)) return { closedDay: cohortDay };
  return written.has(item.outcome) ? 'accepted' : 'duplicate';
}

function asItem({ outcome, home, counts }: Placed, index: number) {
  return {
    o: index,
    e: outcome.experimentId,
    u: outcome.unit,
    id: outcome.id,
    d: home.cohortDay,
    p: home.phase,
    s: home.segment,
    x: outcome.interaction,
    at: outcome.at,
    r: outcome.receivedAt,
    w: counts,
    // Lists as the texts of arrays, and nothing where there is nothing to say: half the time to read an item.
    m: `{${outcome.measures.map(({ metric }) => metric).join(',')}}`,
    v: `{${outcome.measures.map(({ value }) => value).join(',')}}`,
    t: outcome.tags ?? undefined,
    err: outcome.errored || undefined,
  };
}

function asHome(home: StoredExposure) {
  return {
    e: home.experimentId,
    u: home.unit,
    p: home.phase,
    s: home.segment,
    v: home.variant,
    n: home.epoch,
    b: home.cohortBin,
  };
}
