import { ForwardMigration } from './forward.migration.js';

/** What judges make of logged generations, what that costs, and what people say of the same ones. */
export class Judging1700000000007 extends ForwardMigration {
  readonly name = 'Judging1700000000007';

  protected readonly statements = [
    `ALTER TABLE experiment ADD COLUMN judge jsonb`,
    // A scan for what is new reads minutes of a day, not the day.
    `CREATE INDEX generation_time ON generation (experiment_id, at)`,
    `CREATE TABLE judgement (
       experiment_id integer NOT NULL,
       generation_id uuid PRIMARY KEY,
       day date NOT NULL,
       at timestamptz NOT NULL,
       phase smallint NOT NULL,
       variant text NOT NULL,
       unit uuid NOT NULL,
       interaction text NOT NULL,
       status text NOT NULL,
       due_at timestamptz NOT NULL,
       leased_until timestamptz,
       attempts smallint NOT NULL DEFAULT 0,
       score double precision,
       reason text,
       error text,
       model text,
       calls integer NOT NULL DEFAULT 0,
       cost_usd double precision,
       judged_at timestamptz
     )`,
    `CREATE INDEX judgement_due ON judgement (experiment_id, due_at) WHERE status IN ('due', 'scored')`,
    `CREATE INDEX judgement_judged ON judgement (experiment_id, judged_at)`,
    `CREATE INDEX judgement_unit ON judgement (unit)`,
    // One row is locked by whoever takes work, so that replicas together keep within the budget.
    `CREATE TABLE judge_day (
       experiment_id integer NOT NULL,
       day date NOT NULL,
       calls bigint NOT NULL DEFAULT 0,
       unpriced bigint NOT NULL DEFAULT 0,
       cost_usd double precision NOT NULL DEFAULT 0,
       dearest_usd double precision NOT NULL DEFAULT 0,
       PRIMARY KEY (experiment_id, day)
     )`,
    `CREATE TABLE judge_scan (
       experiment_id integer PRIMARY KEY,
       scanned_at timestamptz NOT NULL,
       swept_at timestamptz NOT NULL
     )`,
    `CREATE TABLE label (
       experiment_id integer NOT NULL,
       generation_id uuid NOT NULL,
       labeller text NOT NULL,
       value double precision NOT NULL,
       at timestamptz NOT NULL,
       PRIMARY KEY (generation_id, labeller)
     )`,
    `CREATE INDEX label_experiment ON label (experiment_id)`,
  ];
}
