import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Experiment } from '../../experiments/experiment.js';
import { AssayError } from '../../operations/assay-error.js';
import { ArchiveDirectory } from './archive-directory.client.js';
import { archivedRow, leadOf, type ArchivedRow } from './archived-row.mapper.js';
import { ClosedDayStore } from './closed-day.store.js';
import { isArchived, type ArchivedDay, type ClosedDay } from './closed-day.js';
import { RETENTION_OPTIONS, type RetentionOptions } from './retention.options.js';

/** What has left the database, and the way to read it. */
@Injectable()
export class ArchiveService {
  private readonly logger = new Logger(ArchiveService.name);
  private readonly directory: ArchiveDirectory | null;

  constructor(
    @Inject(RETENTION_OPTIONS) { directory }: RetentionOptions,
    private readonly closedDays: ClosedDayStore,
  ) {
    this.directory = directory === null ? null : new ArchiveDirectory(directory);
  }

  /** Every closed day, oldest first. */
  list(): Promise<ClosedDay[]> {
    return this.closedDays.list();
  }

  /** The days whose raw outcomes are in the archive alone, oldest first. */
  async archived(): Promise<ArchivedDay[]> {
    return (await this.closedDays.list()).filter(isArchived);
  }

  /** One of them; null when its outcomes are in the database, or nowhere. */
  async find(day: string): Promise<ArchivedDay | null> {
    const found = await this.closedDays.find(day);
    return found && isArchived(found) ? found : null;
  }

  /**
   * Fails unless the files are there that hold outcomes of an experiment.
   *
   * @throws AssayError ARCHIVE_UNREADABLE
   */
  async assertReadable({ id }: Experiment): Promise<void> {
    for (const { file, experiments, bytes } of await this.archived()) {
      if (!experiments.includes(id) || (await this.directory?.has(file, bytes))) continue;
      throw this.unreadable(
        file,
        new Error(`it is not there, or has not the ${bytes} bytes that were written`),
      );
    }
  }

  /**
   * The outcomes of an experiment in a file, in key order.
   *
   * @throws AssayError ARCHIVE_UNREADABLE
   */
  async *rows(
    { file, experiments }: ArchivedDay,
    { id, key }: Experiment,
  ): AsyncGenerator<ArchivedRow, void> {
    if (!experiments.includes(id)) return;
    const lead = leadOf(key);
    try {
      for await (const line of this.directory?.lines(file) ?? []) {
        const row = archivedRow(line, lead);
        if (row) yield row;
      }
    } catch (error) {
      throw this.unreadable(file, error);
    }
  }

  private unreadable(file: string, cause: unknown): AssayError {
    this.logger.error(`${file} of ${this.directory?.path ?? 'the archive'} cannot be read`, cause);
    return new AssayError(
      'ARCHIVE_UNREADABLE',
      `${file} cannot be read here. Give every process the same ASSAY_ARCHIVE_DIR, with all files that GET /v1/archives lists.`,
      [],
      { cause },
    );
  }
}
