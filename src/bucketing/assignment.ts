import type { VariantConfig } from '../experiments/experiment.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import type { Attributes } from '../targeting/targeting-rule.js';

/** Why a unit was given what it was given; the words of the HTTP contract. */
export type AssignmentReason =
  | 'split'
  | 'pinned'
  | 'not-started'
  | 'imported'
  | 'unknown-experiment'
  | 'admission-closed'
  | 'paused'
  | 'rollout'
  | 'shipped'
  | 'archived'
  | 'forced'
  | 'holdback'
  | 'not-eligible'
  | 'not-targeted'
  | 'excluded'
  | 'killed'
  | 'stale';

/** What one unit is served in one experiment, and why. Frozen: the same object answers many units. */
export interface AssignmentDecision {
  /** Null whenever the fallback is served. */
  readonly variant: string | null;
  readonly config: VariantConfig;
  readonly reason: AssignmentReason;
  /** Probability that a unit let in had of this variant when it was assigned; null where it was not drawn or is not known. */
  readonly propensity: number | null;
  /** Number of the weight epoch under which the unit was assigned; null where no epoch had a part in it. */
  readonly epoch: number | null;
  /** Whether to be served this makes the unit part of the analysed population, under {@link groupOf} the variant. */
  readonly exposes: boolean;
}

/** A unit's first assignment as remembered by a token, a cookie, a cache or the database. */
export interface Pin {
  /** Key of the variant, or {@link holdbackGroup}. */
  readonly variant: string;
  /** Number of the weight epoch at that time. */
  readonly epoch: number;
}

/** A decision with the experiment it is about. Frozen and shared by all units that are answered alike. */
export interface Assignment extends AssignmentDecision {
  readonly experiment: string;
  readonly version: number;
  /** The experiment's entry as it was; undefined for an unknown key. */
  readonly entry: RegistryEntry | undefined;
}

/** Whatever is known of a unit when it is assigned. */
export type UnitAttributes = Attributes;

/** An assignment with the unit whose it is: `{ ...assignment, unitId }`. */
export interface UnitAssignment extends Assignment {
  readonly unitId: string;
  readonly attributes?: UnitAttributes | null;
}

/** Name under which held-back units are counted. No variant can have it: keys contain no `$`. */
export const holdbackGroup = '$holdback';

/** The group in which an exposed unit is counted: its variant, or the holdback. */
export function groupOf(variant: string | null): string {
  return variant ?? holdbackGroup;
}

/** The answer for a key that no experiment has. */
export const unknownExperiment: AssignmentDecision = Object.freeze({
  variant: null,
  config: Object.freeze({}),
  reason: 'unknown-experiment',
  propensity: null,
  epoch: null,
  exposes: false,
});
