import { ForwardMigration } from './forward.migration.js';

/** Answers of two variants to the same input, held against each other; what judges make of candidates; answers by their score. */
export class Pairs1700000000009 extends ForwardMigration {
  readonly name = 'Pairs1700000000009';

  protected readonly statements = [
    // Answers that may be one of a pair, by a salted hash of what was asked.
    `CREATE TABLE pair_input (
       experiment_id integer NOT NULL,
       generation_id uuid NOT NULL,
       input uuid NOT NULL,
       variant text NOT NULL,
       unit uuid NOT NULL,
       day date NOT NULL,
       noted_at timestamptz NOT NULL,
       PRIMARY KEY (experiment_id, generation_id)
     )`,
    `CREATE INDEX pair_input_input ON pair_input (experiment_id, input, variant, generation_id)`,
    `CREATE INDEX pair_input_noted ON pair_input (experiment_id, noted_at)`,
    `CREATE INDEX pair_input_unit ON pair_input (unit)`,
    // Two rows for each pair: the order in which the judge reads it, and the other one.
    `CREATE TABLE preference (
       experiment_id integer NOT NULL,
       generation_id uuid NOT NULL,
       swapped boolean NOT NULL,
       variant text NOT NULL,
       unit uuid NOT NULL,
       day date NOT NULL,
       control_generation_id uuid NOT NULL,
       control_unit uuid NOT NULL,
       control_day date NOT NULL,
       status text NOT NULL,
       due_at timestamptz NOT NULL,
       leased_until timestamptz,
       attempts smallint NOT NULL DEFAULT 0,
       preferred text,
       error text,
       model text,
       calls integer NOT NULL DEFAULT 0,
       cost_usd double precision NOT NULL DEFAULT 0,
       judged_at timestamptz,
       PRIMARY KEY (generation_id, swapped)
     )`,
    // A unit counts once, whatever it asks again.
    `CREATE UNIQUE INDEX preference_unit ON preference (experiment_id, variant, unit, swapped)`,
    `CREATE UNIQUE INDEX preference_control_unit ON preference (experiment_id, variant, control_unit, swapped)`,
    `CREATE INDEX preference_due ON preference (experiment_id, due_at) WHERE status = 'due'`,
    `ALTER TABLE shadow_answer
       ADD COLUMN judge_score double precision,
       ADD COLUMN pair_status text,
       ADD COLUMN control_first text,
       ADD COLUMN candidate_first text,
       ADD COLUMN judge_error text,
       ADD COLUMN judge_cost_usd double precision NOT NULL DEFAULT 0`,
    // Answers by their score, the newest first.
    `CREATE INDEX judgement_score ON judgement (experiment_id, generation_id, score) WHERE score IS NOT NULL`,
  ];
}
