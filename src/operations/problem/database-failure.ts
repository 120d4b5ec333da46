import { AssayError } from '../assay-error.js';

/** What an error of the database means for the work that met it. */
export type DatabaseFailure = 'conflict' | 'unavailable' | 'other';

/**
 * SQLSTATE classes and codes after which the same statement can succeed once the server is well again:
 * 08 connection exception, 25006 a server that has become a replica, 28 and 42501 rights that are missing for now, 3D000 and
 * 55000 a database that is not there or takes no connections, 53 insufficient resources, 57P01–57P05 shutdown and start-up.
 * Source: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes".
 */
const AWAY = /^(08...|25006|28...|3D000|42501|53...|55000|57P0[1-5])$/;
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const DRIVER = new RegExp(
  [
    'Connection terminated',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Query read timeout',
    'not queryable',
    'Driver not Connected',
    'Cannot use a pool after calling end',
    'Query runner already released',
    // TypeORM reads the entities when it first connects, so without a connection yet it knows none.
    '^No metadata for ',
  ].join('|'),
  'i',
);
/** serialization_failure and deadlock_detected: the transaction is right, its moment was wrong. */
const CONFLICTS: ReadonlySet<string> = new Set(['40001', '40P01']);

/**
 * Classes of errors that are in what was sent, and that waiting does not cure: 22 data exception, 23 integrity constraint
 * violation, 54 program limit exceeded. Source: as above.
 */
const REFUSED = /^(22|23|54)...$/;

/** Whether the database will never take what it was sent. */
export function refusesData(error: unknown): boolean {
  return REFUSED.test(causeOf(error).code);
}

/** Whether to run the transaction again, to wait for the database, or to look for a mistake. */
export function databaseFailure(error: unknown): DatabaseFailure {
  const { code, message } = causeOf(error);
  if (CONFLICTS.has(code)) return 'conflict';
  if (code === 'DATABASE_UNAVAILABLE' || AWAY.test(code) || NETWORK.test(code)) return 'unavailable';
  return code === '' && DRIVER.test(message) ? 'unavailable' : 'other';
}

/** The error as Assay speaks of it: DATABASE_UNAVAILABLE when the database is away, otherwise the error itself. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AssayError || databaseFailure(error) !== 'unavailable') return error;
  const cause: unknown = (error as { driverError?: unknown }).driverError ?? error;
  if (cause instanceof AssayError) return cause;
  return new AssayError(
    'DATABASE_UNAVAILABLE',
    `The database does not answer: ${causeOf(error).message}. Try again; if it lasts, look at /health.`,
    [],
    { cause: error },
  );
}

/**
 * The driver's own code and message: TypeORM wraps them, Node groups several failed addresses. Judged by shape and not
 * by `instanceof`, because an error may come from another realm (a worker, a virtual machine context).
 */
function causeOf(error: unknown): { readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', message: String(error) };
  const { driverError, errors, code, message } = error as {
    driverError?: unknown;
    errors?: unknown;
    code?: unknown;
    message?: unknown;
  };
  if (driverError !== undefined) return causeOf(driverError);
  if (Array.isArray(errors) && errors.length > 0) return causeOf(errors[0]);
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}
