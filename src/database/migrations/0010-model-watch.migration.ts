import { ForwardMigration } from './forward.migration.js';

/** Which model is known to answer to the name that was asked for. */
export class ModelWatch1700000000010 extends ForwardMigration {
  readonly name = 'ModelWatch1700000000010';

  protected readonly statements = [
    `CREATE TABLE watched_model (
       experiment_id integer NOT NULL,
       requested_model text NOT NULL,
       model text NOT NULL,
       fingerprint text NOT NULL,
       heard jsonb NOT NULL,
       PRIMARY KEY (experiment_id, requested_model)
     )`,
  ];
}
