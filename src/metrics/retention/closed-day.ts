/** A cohort day that takes no more outcomes, and its place in the archive once its raw outcomes have left the database. */
export interface ClosedDay {
  /** `YYYY-MM-DD`, in UTC. */
  readonly day: string;
  readonly closedAt: Date;
  /** Numbers of the experiments that have outcomes of this day. */
  readonly experiments: readonly number[];
  /** Null until the partition has been dropped, as is all below. */
  readonly file: string | null;
  readonly rows: number | null;
  /** Of the file, compressed. */
  readonly bytes: number | null;
  /** Of the file, in hexadecimal. */
  readonly sha256: string | null;
  /** When the latest of the outcomes happened; null also where there were none. */
  readonly latestAt: Date | null;
  readonly droppedAt: Date | null;
}

/** A cohort day whose raw outcomes are in the archive alone. */
export type ArchivedDay = ClosedDay & {
  readonly file: string;
  readonly bytes: number;
  readonly droppedAt: Date;
};

/** What is recorded of a file of the archive. */
export interface ArchiveFile {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Whether the raw outcomes of a day have left the database. */
export function isArchived(day: ClosedDay): day is ArchivedDay {
  return day.file !== null && day.bytes !== null && day.droppedAt !== null;
}
