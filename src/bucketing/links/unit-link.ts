/** The id by which one person's second id goes: the first that was known of that person. */
export interface UnitLink {
  /** Null: everywhere, but for experiments with a link of their own. */
  readonly experimentId: number | null;
  readonly unitId: string;
  /** The unit itself where it had been exposed before it was linked, and keeps its own. */
  readonly firstId: string;
}

/** What linking two ids came to: keys of experiments that met either. */
export interface LinkResult {
  /** Where the unit goes on as it was met first: same variant, counted once. */
  readonly linked: readonly string[];
  /** Where the unit had been exposed already under another id than the first, and goes on as it was. */
  readonly apart: readonly string[];
}
