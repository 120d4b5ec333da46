import { ForwardMigration } from './forward.migration.js';

/** What models were asked and answered, which prompt it was, and what was counted of all of it. */
export class Generations1700000000006 extends ForwardMigration {
  readonly name = 'Generations1700000000006';

  protected readonly statements = [
    `ALTER TABLE experiment
       ADD COLUMN generation_log jsonb,
       ADD COLUMN config_schema jsonb`,
    // Partitioned by the day on which the generation ended, so that old ones go by dropping a table.
    `CREATE TABLE generation (
       experiment_id integer NOT NULL,
       id uuid NOT NULL,
       day date NOT NULL,
       at timestamptz NOT NULL,
       phase smallint NOT NULL,
       variant text,
       reason text NOT NULL,
       epoch integer,
       unit uuid,
       interaction text,
       config_hash text NOT NULL,
       as_configured boolean NOT NULL,
       sent_hash text,
       prompt_version text,
       provider text NOT NULL,
       requested_model text NOT NULL,
       model text NOT NULL,
       fingerprint text,
       request_id text,
       streamed boolean NOT NULL,
       is_fallback boolean NOT NULL,
       outcome text NOT NULL,
       error text,
       stop_reason text,
       attempts integer NOT NULL,
       warnings jsonb,
       detail text NOT NULL,
       prompt jsonb,
       response text,
       parameters jsonb,
       input_tokens bigint,
       output_tokens bigint,
       cache_read_tokens bigint NOT NULL,
       cache_write_tokens bigint NOT NULL,
       output_tokens_estimated boolean NOT NULL,
       response_length integer NOT NULL,
       format_violation boolean,
       ttft_ms double precision,
       inter_chunk_ms double precision,
       latency_ms double precision NOT NULL,
       cost_usd double precision,
       erased_at timestamptz,
       PRIMARY KEY (experiment_id, id, day)
     ) PARTITION BY RANGE (day)`,
    `CREATE INDEX generation_unit ON generation (unit, experiment_id, id) WHERE unit IS NOT NULL`,
    `CREATE INDEX generation_interaction ON generation (interaction, experiment_id) WHERE interaction IS NOT NULL`,
    // The text of every configuration that a started experiment has served, for as long as there is a log of it.
    `CREATE TABLE prompt (
       hash text PRIMARY KEY,
       content jsonb NOT NULL,
       first_at timestamptz NOT NULL
     )`,
    // Counted for every generation, whatever of it is logged, kept or erased.
    `CREATE TABLE generation_receipt (
       experiment_id integer NOT NULL,
       variant text NOT NULL,
       phase smallint NOT NULL,
       requested_model text NOT NULL,
       model text NOT NULL,
       fingerprint text NOT NULL,
       as_configured boolean NOT NULL,
       writer smallint NOT NULL,
       generations bigint NOT NULL,
       fallbacks bigint NOT NULL,
       cache_reads bigint NOT NULL,
       first_at timestamptz NOT NULL,
       last_at timestamptz NOT NULL,
       PRIMARY KEY (experiment_id, variant, phase, requested_model, model, fingerprint, as_configured, writer)
     )`,
    // A batch whose commit nobody heard of is sent again, and found here. Those of yesterday go.
    `CREATE TABLE generation_batch (
       id uuid PRIMARY KEY,
       written_at timestamptz NOT NULL
     )`,
  ];
}
