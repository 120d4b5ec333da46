import { Initial1700000000001 } from './0001-initial.migration.js';
import { Analysis1700000000002 } from './0002-analysis.migration.js';
import { Sketches1700000000003 } from './0003-sketches.migration.js';
import { Retention1700000000004 } from './0004-retention.migration.js';

/** Every migration, in the order in which they run. A released one never changes; a new one goes to the end. */
export const migrations = [
  new Initial1700000000001(),
  new Analysis1700000000002(),
  new Sketches1700000000003(),
  new Retention1700000000004(),
] as const;
