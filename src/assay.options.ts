import type { CanActivate, Type } from '@nestjs/common';
import type { MetricDefinition } from './catalogue/metric.schema.js';
import type { ExperimentDefinition } from './experiments/experiment.schema.js';
import type { Redact } from './generations/generation-log.options.js';
import type { Configuration } from './operations/configuration/configuration.js';

/** What an application says of Assay when it imports `AssayModule`. */
export interface AssayOptions {
  /** Experiments written in code: missing ones become drafts, started ones are left alone. @default [] */
  readonly experiments?: readonly ExperimentDefinition[];
  /** Metrics written in code, for these experiments to name: missing ones are added, present ones never change. @default [] */
  readonly metrics?: readonly MetricDefinition[];
  /** Whether the drafts that come from `experiments` are started at once. @default false */
  readonly autoStart?: boolean;
  /**
   * Whether the application serves Assay's REST routes, and behind which guard of its own.
   * The routes have no access control but this guard. @default false
   */
  readonly routes?: false | { readonly guard: Type<CanActivate> };
  /** Whether answers of decorated routes carry `Assay-Experiment`, `Assay-Variant`, `Assay-Token`. @default true */
  readonly headers?: boolean;
  /**
   * Directory of the files that the prompts of `experiments` may be kept in: `systemPrompt: { file: 'prompts/summary.md' }`.
   * Nothing outside of it is ever read. @default './prompts'
   */
  readonly prompts?: string;
  /**
   * Takes out of prompts and answers what must not be stored, after Assay's own redaction; asked for every text that would be
   * logged. Where it throws, or returns no text, the text is withheld. @default none
   */
  readonly redact?: Redact;
  /** Settings that take the place of the environment's; see `.env.example`. @default read from the environment */
  readonly configuration?: Configuration;
}
