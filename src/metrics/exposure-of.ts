/**
 * The exposure of a row's unit, looked up by its key. The planner is not left to choose a join:
 * the embedded database gathers no statistics, and without them it compares every unit with every other.
 */
export const exposureOf = (row: string) =>
  `SELECT variant, cohort_bin FROM exposure e
   WHERE e.experiment_id = ${row}.experiment_id AND e.unit = ${row}.unit AND e.phase = ${row}.phase OFFSET 0`;

/** Whether a row's interaction errored, which voids its quality. */
export const isErrored = (row: string) =>
  `EXISTS (SELECT 1 FROM errored_interaction q WHERE q.experiment_id = ${row}.experiment_id
     AND q.unit = ${row}.unit AND q.interaction = ${row}.interaction OFFSET 0)`;
