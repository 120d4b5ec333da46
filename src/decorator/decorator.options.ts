import type { VisitorKeys } from './unit/visitor-cookie.js';

/** Options of {@link DecoratorModule}. */
export interface DecoratorOptions {
  /** Keys that sign the visitor cookie, newest first; asked for at each use, empty as long as there are none. */
  readonly visitorKeys: () => VisitorKeys;
  /** Whether answers carry `Assay-Experiment`, `Assay-Variant` and `Assay-Token`. @default true */
  readonly headers?: boolean;
}
