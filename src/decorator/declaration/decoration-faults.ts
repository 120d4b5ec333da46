import type { ExperimentUse } from './experiment-use.js';

/** A method that carries decorators of ours. */
export interface DecoratedMethod {
  readonly kind: 'controllers' | 'providers';
  /** `Class.method`. */
  readonly place: string;
  readonly uses: readonly ExperimentUse[];
  /** The experiments that its `@Variant` parameters name; null where one names none. */
  readonly variantParameters: readonly (string | null)[];
}

/** Why the decorators of a method cannot work, whatever experiments there are. Empty when they can. */
export function decorationFaults({ kind, place, uses, variantParameters }: DecoratedMethod): string[] {
  const keys = uses.map(({ key }) => key);
  const faults: string[] = [];
  if (kind === 'providers') {
    faults.push(
      `${place} is no controller method, and only those can have @Experiment and @Variant. Below one, inject ExperimentContext.`,
    );
  }
  for (const key of new Set(keys.filter((candidate, index) => keys.indexOf(candidate) !== index))) {
    faults.push(`${place} has @Experiment("${key}") twice; remove one.`);
  }
  for (const key of variantParameters) {
    if (keys.length === 0) faults.push(`${place} takes @Variant() but has no @Experiment; add it.`);
    else if (key === null && keys.length > 1) {
      faults.push(
        `${place} takes @Variant() under ${keys.join(', ')}; say which: @Variant("${keys[0] ?? ''}").`,
      );
    } else if (key !== null && !keys.includes(key)) {
      faults.push(
        `${place} takes @Variant("${key}"), but its experiments are ${keys.join(', ')}; name one of them.`,
      );
    }
  }
  return faults;
}
