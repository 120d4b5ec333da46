import { Injectable } from '@nestjs/common';
import { ExposureStore, type AssignmentCursor } from '../bucketing/exposure.store.js';
import type { Experiment } from '../experiments/experiment.js';
import type { ExportKind } from './export.schema.js';
import { ExportStore, type OutcomeCursor } from './export.store.js';
import type { ArchivedDay } from './retention/closed-day.js';
import { ArchiveService } from './retention/archive.service.js';
import { OutcomeDayStore } from './retention/outcome-day.store.js';

const pageSize = 1_000;

/** The rows of an experiment, as pieces of NDJSON. */
export type ExportedLines = (experiment: Experiment) => AsyncGenerator<string>;

/** Raw rows of an experiment as NDJSON: a page in memory at a time, however many there are. */
@Injectable()
export class ExportService {
  private readonly offered = new Map<string, ExportedLines>();

  constructor(
    private readonly exposures: ExposureStore,
    private readonly store: ExportStore,
    private readonly days: OutcomeDayStore,
    private readonly archive: ArchiveService,
  ) {}

  /** Adds a kind of row that another concept keeps. */
  offer(kind: string, lines: ExportedLines): void {
    this.offered.set(kind, lines);
  }

  /** Rows in key order, those of outcomes day by day. Throws ARCHIVE_UNREADABLE when not all of them can be read. */
  async lines(experiment: Experiment, kind: ExportKind): Promise<AsyncGenerator<string>> {
    const offered = this.offered.get(kind);
    if (offered) return offered(experiment);
    if (kind === 'assignments') return texts(this.assignments(experiment));
    await this.archive.assertReadable(experiment);
    return this.outcomes(experiment);
  }

  private assignments({ id }: Experiment) {
    return pages((after: AssignmentCursor | null) => this.exposures.page(id, after, pageSize));
  }

  private async *outcomes(experiment: Experiment): AsyncGenerator<string> {
    const present = await this.days.days();
    const archived = await this.archive.archived();
    const days = new Set([...present, ...archived.map(({ day }) => day)]);
    for (const day of [...days].sort()) yield* this.outcomesOf(experiment, day);
  }

  /** The day may leave the database meanwhile; what is missing then comes from the archive, which has the same order. */
  private async *outcomesOf(experiment: Experiment, day: string): AsyncGenerator<string> {
    let last: OutcomeCursor | null = null;
    const read = (after: OutcomeCursor | null) => this.store.outcomes(experiment.id, day, after, pageSize);
    for await (const page of pages(read)) {
      yield textOf(page);
      last = page.at(-1) ?? null;
    }
    const archived = await this.archive.find(day);
    if (archived) yield* this.archivedAfter(experiment, archived, last);
  }

  private async *archivedAfter(
    experiment: Experiment,
    day: ArchivedDay,
    last: OutcomeCursor | null,
  ): AsyncGenerator<string> {
    let isNew = last === null;
    let page: string[] = [];
    for await (const { unit, id, text } of this.archive.rows(day, experiment)) {
      if (isNew) page.push(`${text}\n`);
      isNew ||= unit === last?.unit && id === last.id;
      if (page.length < pageSize) continue;
      yield page.join('');
      page = [];
    }
    if (page.length > 0) yield page.join('');
  }
}

async function* texts<Row>(rows: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  for await (const page of rows) yield textOf(page);
}

async function* pages<Cursor, Row extends Cursor>(
  page: (after: Cursor | null) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let after: Row | null = null;
  for (;;) {
    const rows: Row[] = await page(after);
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1) ?? null;
  }
}

function textOf<Row>(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
