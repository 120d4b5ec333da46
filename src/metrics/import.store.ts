import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Exposure } from '../bucketing/exposure.js';
import { ExposureStore } from '../bucketing/exposure.store.js';
import { writerNumber } from '../bucketing/writer-number.js';
import { OutcomeStore, type OutcomeBatch } from './outcome.store.js';
import type { RetentionPassed, Verdict } from './outcome.js';
import { PartitionStore } from './partition.store.js';
import { rehomeUnits } from './rehome-units.statement.js';

/** Lines of an import that belong in one transaction. */
export interface ImportBatch extends OutcomeBatch {
  /** What each line says of its unit's exposure, in the order of the lines. */
  readonly exposures: readonly Exposure[];
}

/** Writes imported lines: each unit ends with its earliest exposure, whatever order the lines come in. */
@Injectable()
export class ImportStore {
  constructor(
    private readonly exposures: ExposureStore,
    private readonly outcomes: OutcomeStore,
    private readonly partitions: PartitionStore,
  ) {}

  /** What became of each outcome. All lines of an experiment are of one cohort day: once that is closed, nothing is written. */
  async write(
    batch: ImportBatch,
    days: Set<string>,
    manager: EntityManager,
  ): Promise<Verdict[] | RetentionPassed> {
    const [closedDay] = await this.partitions.closed(
      batch.exposures.map(({ cohortDay }) => cohortDay),
      manager,
    );
    if (closedDay !== undefined) return { closedDay };
    // Imports move totals in both directions, so those of one experiment take turns.
    const experiments = new Set(batch.exposures.map(({ experimentId }) => experimentId));
    for (const experimentId of [...experiments].sort((one, other) => one - other))
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('assay:import'), $1)`, [experimentId]);
    await this.exposures.write(batch.exposures, writerNumber, manager);
    await manager.query(rehomeUnits, [
      JSON.stringify([...earliest(batch.exposures).values()].map(asCandidate)),
      JSON.stringify(batch.ratios),
      JSON.stringify(batch.metrics),
      writerNumber,
    ]);
    return batch.outcomes.length === 0 ? [] : this.outcomes.write(batch, writerNumber, days, manager);
  }
}

function earliest(exposures: readonly Exposure[]): Map<string, Exposure> {
  const first = new Map<string, Exposure>();
  for (const exposure of exposures) {
    const present = first.get(exposure.unit);
    if (!present || precedes(exposure, present)) first.set(exposure.unit, exposure);
  }
  return first;
}

function precedes(one: Exposure, other: Exposure): boolean {
  const age = one.exposedAt.getTime() - other.exposedAt.getTime();
  return age < 0 || (age === 0 && one.variant < other.variant);
}

function asCandidate({ experimentId, unit, variant, exposedAt, propensity }: Exposure) {
  return { e: experimentId, u: unit, v: variant, at: exposedAt, q: propensity };
}
