import type { AssignedVariant } from '../assigned-variant.js';

/** Stands for the variant in `Assay-Variant` where the fallback is served. No variant can be called so. */
export const fallbackVariant = '$fallback';

/** Something that takes headers of a response; several values of one make a list. */
export interface HeaderTarget {
  addHeader(name: string, value: string): void;
}

/**
 * Tells the caller what it is served: `Assay-Experiment`, `Assay-Variant` and, where there is an exposure, `Assay-Token`.
 * Under several experiments each is a list, in the same order; a token names its experiment itself.
 */
export function announceVariant({ experiment, variant, token }: AssignedVariant, target: HeaderTarget): void {
  target.addHeader('Assay-Experiment', experiment);
  target.addHeader('Assay-Variant', variant ?? fallbackVariant);
  if (token !== null) target.addHeader('Assay-Token', token);
}
