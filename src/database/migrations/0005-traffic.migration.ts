import { ForwardMigration } from './forward.migration.js';

/** Who is let in and when, who is kept out, what may be spent, and how far each process has heard of changes. */
export class Traffic1700000000005 extends ForwardMigration {
  readonly name = 'Traffic1700000000005';

  protected readonly statements = [
    `ALTER TABLE experiment
       ADD COLUMN targeting jsonb,
       ADD COLUMN forced jsonb NOT NULL DEFAULT '{}',
       ADD COLUMN layer jsonb,
       ADD COLUMN ramp_state jsonb,
       ADD COLUMN budget jsonb,
       ADD COLUMN fail_closed_after text,
       ADD COLUMN programme_holdback jsonb`,
    // One row for each layer: whoever claims slots in it locks this first.
    `CREATE TABLE layer (
       key text PRIMARY KEY,
       salt text NOT NULL
     )`,
    // The announcement of a rollout, as it was when the rollout began.
    `CREATE TABLE announcement (
       experiment_id integer PRIMARY KEY REFERENCES experiment (id) ON DELETE CASCADE,
       text text NOT NULL,
       written_at timestamptz NOT NULL
     )`,
    // One row at most: the share of all units that every experiment leaves alone.
    `CREATE TABLE programme_holdback (
       id integer PRIMARY KEY CHECK (id = 1),
       percent double precision NOT NULL,
       salt text NOT NULL,
       since timestamptz NOT NULL,
       actor text NOT NULL,
       reason text NOT NULL
     )`,
    // Two ids of one person, who goes on under the first: everywhere (no experiment), but for experiments with a row of their own.
    `CREATE TABLE linked_unit (
       number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       experiment_id integer REFERENCES experiment (id) ON DELETE CASCADE,
       unit_id text NOT NULL,
       first_id text NOT NULL,
       linked_at timestamptz NOT NULL
     )`,
    `CREATE UNIQUE INDEX linked_unit_unit ON linked_unit (unit_id, coalesce(experiment_id, 0))`,
    `CREATE INDEX linked_unit_first ON linked_unit (first_id)`,
    // Each process that serves, and how long changes took to reach it.
    `CREATE TABLE replica (
       id uuid PRIMARY KEY,
       host text NOT NULL,
       pid integer NOT NULL,
       started_at timestamptz NOT NULL,
       seen_at timestamptz NOT NULL,
       delays jsonb NOT NULL DEFAULT '[]'
     )`,
    // The transaction that wrote an outcome tells later ones which outcomes they have not seen yet. Earlier rows have none.
    `ALTER TABLE outcome ADD COLUMN written_in xid8`,
    `ALTER TABLE outcome ALTER COLUMN written_in SET DEFAULT pg_current_xact_id()`,
    `CREATE INDEX outcome_written_in ON outcome (experiment_id, written_in) WHERE written_in IS NOT NULL`,
    // What an experiment's guardrails have gathered, and up to where outcomes were taken in.
    `CREATE TABLE guardrail_state (
       experiment_id integer NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
       phase smallint NOT NULL,
       snapshot text NOT NULL,
       streams jsonb NOT NULL,
       PRIMARY KEY (experiment_id, phase)
     )`,
    // What an experiment had spent by an hour; older hours go.
    `CREATE TABLE spend_mark (
       experiment_id integer NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
       at timestamptz NOT NULL,
       spent double precision NOT NULL,
       PRIMARY KEY (experiment_id, at)
     )`,
  ];
}
