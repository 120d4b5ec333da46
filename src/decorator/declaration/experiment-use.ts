import type { VariantConfig } from '../../experiments/experiment.js';

/** What Assay reads of a request, on Fastify and on Express. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly protocol?: string;
  /** Whoever the application's own guard or middleware found the caller to be. */
  readonly user?: { readonly id?: unknown } | null;
}

/** Options of `@Experiment`. `Request` is the request of the HTTP platform in use, for `unit` to read. */
export interface ExperimentOptions<Request = HttpRequest> {
  /**
   * Whose variant it is. Where it answers undefined, the default decides.
   * Name a header here only if no stranger can set it: whoever chooses the unit chooses the variant.
   *
   * @default the signed-in user (`request.user.id`), else a visitor known by a signed cookie
   */
  readonly unit?: (request: Request) => string | undefined;
  /**
   * Served when Assay cannot tell: the experiment is not in memory yet, or something of Assay's own failed.
   * While it can, the experiment's own fallback is served, which people may change without a deployment.
   *
   * @default {}
   */
  readonly fallback?: VariantConfig;
  /**
   * What is known of the unit, for the experiment's targeting; kept with its first exposure, for segments of the report.
   * Texts, numbers, true, false; lists of these for `contains`. Left out, no rule finds anything to hold on to.
   *
   * @example attributes: (request: AppRequest) => ({ plan: request.user.plan, language: request.headers['accept-language'] })
   */
  readonly attributes?: (request: Request) => Readonly<Record<string, unknown>>;
  /** Whether answers carry `Assay-Experiment`, `Assay-Variant` and `Assay-Token`. @default the module's */
  readonly headers?: boolean;
}

/** One `@Experiment` on one method. */
export interface ExperimentUse extends ExperimentOptions<never> {
  readonly key: string;
}

/**
 * A unit named by a request header, for `@Experiment('key', { unit: unitFromHeader('x-user-id') })`.
 * Only for headers that your own gateway sets: anyone else could choose their variant by it.
 */
export function unitFromHeader(name: string): (request: HttpRequest) => string | undefined {
  const field = name.toLowerCase();
  return ({ headers }) => {
    const value = headers[field];
    return Array.isArray(value) ? value[0] : value;
  };
}
