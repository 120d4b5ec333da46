/**
 * What is measured. Sums are `numeric`, so they are exact: the order in which outcomes arrive cannot change them.
 * `writer` spreads the hot total rows over the writing processes; readers sum over it.
 */
export const measurementTables: readonly string[] = [
  `CREATE TABLE exposure (
    experiment_id integer NOT NULL,
    unit uuid NOT NULL,
    phase smallint NOT NULL,
    segment text NOT NULL DEFAULT '',
    unit_id text,
    variant text NOT NULL,
    epoch integer NOT NULL,
    reason text NOT NULL,
    propensity double precision,
    exposed_at timestamptz NOT NULL,
    cohort_day date NOT NULL,
    cohort_bin timestamptz NOT NULL,
    multiple boolean NOT NULL DEFAULT false,
    attributes jsonb,
    PRIMARY KEY (experiment_id, unit, phase)
  )`,
  `CREATE INDEX exposure_multiple ON exposure (experiment_id, phase) WHERE multiple`,
  `CREATE TABLE exposure_total (
    experiment_id integer NOT NULL,
    phase smallint NOT NULL,
    segment text NOT NULL DEFAULT '',
    variant text NOT NULL,
    epoch integer NOT NULL,
    cohort_bin timestamptz NOT NULL,
    writer smallint NOT NULL,
    units bigint NOT NULL,
    PRIMARY KEY (experiment_id, phase, segment, variant, epoch, cohort_bin, writer)
  )`,
  // Partitioned by the day of the unit's first exposure, which never changes: deduplication is exact for ever.
  `CREATE TABLE outcome (
    experiment_id integer NOT NULL,
    unit uuid NOT NULL,
    id text NOT NULL,
    cohort_day date NOT NULL,
    phase smallint NOT NULL,
    segment text NOT NULL DEFAULT '',
    interaction text NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    in_window boolean NOT NULL,
    metrics integer[] NOT NULL,
    "values" numeric[] NOT NULL,
    tags jsonb,
    PRIMARY KEY (experiment_id, unit, id, cohort_day)
  ) PARTITION BY RANGE (cohort_day)`,
  `CREATE TABLE errored_interaction (
    experiment_id integer NOT NULL,
    unit uuid NOT NULL,
    interaction text NOT NULL,
    PRIMARY KEY (experiment_id, unit, interaction)
  )`,
  `CREATE TABLE unit_total (
    experiment_id integer NOT NULL,
    unit uuid NOT NULL,
    phase smallint NOT NULL,
    metric integer NOT NULL,
    events bigint NOT NULL,
    total numeric NOT NULL,
    squares numeric NOT NULL,
    PRIMARY KEY (experiment_id, unit, phase, metric)
  )`,
  `CREATE TABLE cohort_total (
    experiment_id integer NOT NULL,
    phase smallint NOT NULL,
    segment text NOT NULL DEFAULT '',
    variant text NOT NULL,
    metric integer NOT NULL,
    epoch integer NOT NULL,
    cohort_bin timestamptz NOT NULL,
    writer smallint NOT NULL,
    units bigint NOT NULL,
    events numeric NOT NULL,
    total numeric NOT NULL,
    squares numeric NOT NULL,
    unit_squares numeric NOT NULL,
    event_squares numeric NOT NULL,
    cross_products numeric NOT NULL,
    value_sum numeric NOT NULL,
    value_squares numeric NOT NULL,
    PRIMARY KEY (experiment_id, phase, segment, variant, metric, epoch, cohort_bin, writer)
  )`,
  `CREATE TABLE health_total (
    experiment_id integer NOT NULL,
    counter text NOT NULL,
    writer smallint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (experiment_id, counter, writer)
  )`,
];
