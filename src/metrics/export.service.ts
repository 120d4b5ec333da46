import { Injectable } from '@nestjs/common';
import { ExposureStore, type AssignmentCursor } from '../bucketing/exposure.store.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExportStore, type OutcomeCursor } from './export.store.js';

const pageSize = 1_000;

/** Raw rows of an experiment as NDJSON: a page in memory at a time, however many there are. */
@Injectable()
export class ExportService {
  constructor(
    private readonly exposures: ExposureStore,
    private readonly store: ExportStore,
  ) {}

  lines(experiment: Experiment, kind: 'assignments' | 'outcomes'): AsyncGenerator<string> {
    if (kind === 'assignments')
      return ndjson((after: AssignmentCursor | null) => this.exposures.page(experiment.id, after, pageSize));
    return ndjson((after: OutcomeCursor | null) => this.store.outcomes(experiment.id, after, pageSize));
  }
}

async function* ndjson<Cursor, Row extends Cursor>(
  page: (after: Cursor | null) => Promise<Row[]>,
): AsyncGenerator<string> {
  let after: Row | null = null;
  for (;;) {
    const rows: Row[] = await page(after);
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    if (rows.length < pageSize) return;
    after = rows.at(-1) ?? null;
  }
}
