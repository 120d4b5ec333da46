import { AsyncLocalStorage } from 'node:async_hooks';
import { AssayError } from '../assay-error.js';

/** A write that is tried out: it does all that it does, in a transaction that is taken back. */
export interface DryRun {
  /** What everything within it reads and writes through. */
  readonly connection: unknown;
  /** Whether it is over; what it left behind is then as free as anything else. */
  ended: boolean;
}

const runs = new AsyncLocalStorage<DryRun>();

/** The dry run that the present work belongs to, if any. */
export function presentDryRun(): DryRun | undefined {
  const run = runs.getStore();
  return run?.ended === false ? run : undefined;
}

/** Whether nothing that happens now may outlast the present work: no event, no announcement, no memory. */
export function isDryRun(): boolean {
  return presentDryRun() !== undefined;
}

/** Does the work, and whatever it calls, as part of the dry run. */
export function withinDryRun<T>(run: DryRun, work: () => Promise<T>): Promise<T> {
  return runs.run(run, work);
}

/** Under this name a route, or a controller for all of its routes, says that it can be tried out. */
export const DRY_RUNNABLE = 'assay:dry-runnable';

/** Other spellings of `dryRun`: who writes one would have the write done, not tried out. */
const misspelt = /^dry[-_]?run(?:\[.*)?$/i;

/**
 * Whether a request asks to be tried out.
 *
 * @throws AssayError INVALID_REQUEST for anything but `true` and `false`, and for another spelling of the name
 * @example asksForDryRun({ dryRun: 'true' }); // true
 */
export function asksForDryRun(query: unknown): boolean {
  for (const name in query as object | null | undefined) {
    if (name !== 'dryRun' && misspelt.test(name))
      throw refused(`is spelt "${name.slice(0, 80)}" here; write dryRun=true`);
  }
  const asked = (query as { dryRun?: unknown } | null | undefined)?.dryRun;
  if (asked === undefined || asked === 'false') return false;
  if (asked === 'true') return true;
  throw refused(`is ${JSON.stringify(asked)}; give true, or leave it out to really write`);
}

/**
 * Refuses `dryRun` where it would be ignored, and the write really done.
 *
 * @throws AssayError INVALID_REQUEST
 */
export function refuseDryRun(query: unknown): void {
  if (!asksForDryRun(query)) return;
  throw refused(
    'is not known here: this route cannot be tried out, nothing was done. Leave dryRun out to really do it',
  );
}

function refused(reason: string): AssayError {
  return new AssayError('INVALID_REQUEST', `The query parameter dryRun ${reason}.`, [
    { pointer: '/dryRun', message: reason },
  ]);
}
