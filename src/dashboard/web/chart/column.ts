/** A column of a table, and of the file it is saved as. */
export interface Column<Row> {
  readonly title: string;
  /** What is shown. */
  readonly text: (row: Row) => string;
  /** What is saved, at full precision; the text where left out. */
  readonly value?: (row: Row) => string | number | null;
  /** The ends of an interval, which are saved as a column each. */
  readonly bounds?: (row: Row) => readonly [number, number] | null;
  readonly numeric?: boolean;
}
