import { ForwardMigration } from './forward.migration.js';

/** Candidates that are tried on logged prompts, and the figures of what they answered; no texts, no units. */
export class Shadow1700000000008 extends ForwardMigration {
  readonly name = 'Shadow1700000000008';

  protected readonly statements = [
    `CREATE TABLE shadow_run (
       id uuid PRIMARY KEY,
       experiment_id integer NOT NULL,
       config jsonb NOT NULL,
       share double precision NOT NULL,
       most integer NOT NULL,
       budget_usd double precision,
       status text NOT NULL,
       reason text,
       last_generation uuid,
       leased_by uuid,
       leased_until timestamptz,
       created_at timestamptz NOT NULL,
       ended_at timestamptz
     )`,
    `CREATE UNIQUE INDEX shadow_run_running ON shadow_run (experiment_id) WHERE status = 'running'`,
    // Beside the candidate's figures those of the answer that was shown, so that the pair outlives the log.
    `CREATE TABLE shadow_answer (
       run_id uuid NOT NULL,
       generation_id uuid NOT NULL,
       at timestamptz NOT NULL,
       error text,
       latency_ms double precision,
       response_length integer,
       cost_usd double precision,
       shown_latency_ms double precision NOT NULL,
       shown_response_length integer NOT NULL,
       shown_cost_usd double precision,
       PRIMARY KEY (run_id, generation_id)
     )`,
  ];
}
