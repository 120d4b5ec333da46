/** What is configured: the metric catalogue, experiments, their traffic history, and who decided what. */
export const experimentTables: readonly string[] = [
  `CREATE TABLE setting (
    key text PRIMARY KEY,
    value text NOT NULL
  )`,
  `CREATE TABLE api_key (
    selector text PRIMARY KEY,
    scope text NOT NULL,
    verifier text NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  `CREATE TABLE metric (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    direction text NOT NULL,
    category text NOT NULL,
    unit text NOT NULL,
    min double precision,
    max double precision,
    cap double precision,
    missing text NOT NULL,
    from_client boolean NOT NULL,
    numerator text,
    denominator text
  )`,
  `CREATE TABLE experiment (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    description text NOT NULL,
    hypothesis text NOT NULL,
    unit text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    source text NOT NULL,
    demonstration boolean NOT NULL,
    coverage double precision NOT NULL,
    holdback double precision NOT NULL,
    hash text NOT NULL,
    salt text NOT NULL,
    control text NOT NULL,
    fallback jsonb NOT NULL,
    variants jsonb NOT NULL,
    metrics jsonb NOT NULL,
    plan jsonb NOT NULL,
    guardrails jsonb NOT NULL,
    ramp jsonb NOT NULL,
    allocation jsonb NOT NULL,
    admission text NOT NULL,
    phase smallint NOT NULL,
    rollout jsonb,
    decided_variant text,
    declaration text,
    starts_at timestamptz,
    started_at timestamptz,
    ends_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  // A kill is its own row, so it never waits for whoever holds the experiment's row.
  `CREATE TABLE kill_switch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    experiment_id integer NOT NULL,
    killed_at timestamptz NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    lifted_at timestamptz
  )`,
  `CREATE INDEX kill_switch_experiment ON kill_switch (experiment_id)`,
  `CREATE TABLE weight_epoch (
    experiment_id integer NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
    segment text NOT NULL DEFAULT '',
    number integer NOT NULL,
    phase smallint NOT NULL,
    weights jsonb NOT NULL,
    slots bytea NOT NULL,
    moved_slots bytea NOT NULL,
    coverage double precision NOT NULL,
    started_at timestamptz NOT NULL,
    cause text NOT NULL,
    evidence jsonb NOT NULL,
    PRIMARY KEY (experiment_id, segment, number)
  )`,
  // No foreign key: recording a kill must not wait for a lock on the experiment's row either.
  `CREATE TABLE decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    experiment_id integer NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    reason text NOT NULL,
    evidence jsonb NOT NULL
  )`,
  `CREATE INDEX decision_experiment ON decision (experiment_id, id)`,
  // The next due time of each kind of scheduled work; a paused kind keeps what was left of its wait.
  `CREATE TABLE due_step (
    experiment_id integer NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
    kind text NOT NULL,
    due_at timestamptz,
    remaining_milliseconds double precision,
    PRIMARY KEY (experiment_id, kind)
  )`,
  `CREATE INDEX due_step_due ON due_step (due_at) WHERE due_at IS NOT NULL`,
];
