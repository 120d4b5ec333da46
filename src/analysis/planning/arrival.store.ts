import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { keySample } from '../../metrics/key-sample.js';
import { TimeTotalsStore } from '../../metrics/time-totals.store.js';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { ExposedOnDay } from './arrival.js';
import { dayMilliseconds } from '../../operations/duration.js';

/** The phase of the test; the stages of a rollout meet units that were there before. */
const testPhase = 0;

/** More imported units than this are not read one by one. */
const mostRead = 20_000;

/** The keys of units are hashes, so those up to a bound are a sample, and one that the primary key finds. */
const firstMet = `
SELECT floor(extract(epoch FROM exposed_at) / 86400)::float8 AS day, count(*)::float8 AS units
FROM exposure
WHERE experiment_id = $1 AND phase = $2 AND unit <= $3::uuid
GROUP BY 1 ORDER BY 1`;

/** Reads when new units were first exposed. */
@Injectable()
export class ArrivalStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly totals: TimeTotalsStore,
  ) {}

  /** Units first exposed on each UTC day of the test, in whichever group, the holdback included; from totals. */
  async byDay(experimentId: number): Promise<ExposedOnDay[]> {
    const exposed = await this.totals.exposedDays({ experimentId, phase: testPhase, binsBefore: null });
    return exposed.map(({ day, units }) => ({ day: Date.parse(day) / dayMilliseconds, units }));
  }

  /** The same of an import, whose totals know no days: from its units, or a sample of them scaled up. */
  async importedByDay(experimentId: number): Promise<ExposedOnDay[]> {
    const all = sumOf(await this.byDay(experimentId));
    const read: ExposedOnDay[] = await this.dataSource.query(firstMet, [
      experimentId,
      testPhase,
      keySample(all, mostRead).lastKey,
    ]);
    const scale = all / sumOf(read);
    return read.map(({ day, units }) => ({ day, units: units * scale }));
  }
}

function sumOf(exposed: readonly ExposedOnDay[]): number {
  return exposed.reduce((sum, { units }) => sum + units, 0);
}
