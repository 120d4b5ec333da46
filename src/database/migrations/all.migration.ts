import { Initial1700000000001 } from './0001-initial.migration.js';
import { Analysis1700000000002 } from './0002-analysis.migration.js';
import { Sketches1700000000003 } from './0003-sketches.migration.js';
import { Retention1700000000004 } from './0004-retention.migration.js';
import { Traffic1700000000005 } from './0005-traffic.migration.js';
import { Generations1700000000006 } from './0006-generations.migration.js';
import { Judging1700000000007 } from './0007-judging.migration.js';
import { Shadow1700000000008 } from './0008-shadow.migration.js';
import { Pairs1700000000009 } from './0009-pairs.migration.js';
import { ModelWatch1700000000010 } from './0010-model-watch.migration.js';

/** Every migration, in the order in which they run. A released one never changes; a new one goes to the end. */
export const migrations = [
  new Initial1700000000001(),
  new Analysis1700000000002(),
  new Sketches1700000000003(),
  new Retention1700000000004(),
  new Traffic1700000000005(),
  new Generations1700000000006(),
  new Judging1700000000007(),
  new Shadow1700000000008(),
  new Pairs1700000000009(),
  new ModelWatch1700000000010(),
] as const;
