/** A rule over a unit's attributes. */
export type TargetingRule =
  | { readonly all: readonly TargetingRule[] }
  | { readonly any: readonly TargetingRule[] }
  | { readonly not: TargetingRule }
  | TargetingCondition;

/** One attribute held against a value. A missing attribute meets no condition but `exists: false`. */
export interface TargetingCondition {
  readonly attribute: string;
  readonly operator: TargetingOperator;
  readonly value: unknown;
}

/** Every way to hold an attribute against a value; see `operators.ts` for what each takes. */
export const targetingOperators = [
  'equals',
  'in',
  'contains',
  'starts-with',
  'ends-with',
  'matches',
  'less',
  'at-most',
  'greater',
  'at-least',
  'before',
  'after',
  'semver',
  'exists',
] as const;

export type TargetingOperator = (typeof targetingOperators)[number];

/** Whatever is known of a unit when it is assigned. */
export type Attributes = Readonly<Record<string, unknown>>;
