import type { CanActivate, Type } from '@nestjs/common';
import type { ExperimentDefinition } from './experiments/experiment.schema.js';
import type { Configuration } from './operations/configuration/configuration.js';

/** What an application says of Assay when it imports `AssayModule`. */
export interface AssayOptions {
  /** Experiments written in code: missing ones become drafts, started ones are left alone. @default [] */
  readonly experiments?: readonly ExperimentDefinition[];
  /** Whether the drafts that come from `experiments` are started at once. @default false */
  readonly autoStart?: boolean;
  /**
   * Whether the application serves Assay's REST routes, and behind which guard of its own.
   * The routes have no access control but this guard. @default false
   */
  readonly routes?: false | { readonly guard: Type<CanActivate> };
  /** Whether answers of decorated routes carry `Assay-Experiment`, `Assay-Variant`, `Assay-Token`. @default true */
  readonly headers?: boolean;
  /** Settings that take the place of the environment's; see `.env.example`. @default read from the environment */
  readonly configuration?: Configuration;
}
