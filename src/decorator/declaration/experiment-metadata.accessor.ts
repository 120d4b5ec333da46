import type { ExperimentUse } from './experiment-use.js';

const EXPERIMENT_USES = 'assay:experiment-uses';
const VARIANT_PARAMETERS = 'assay:variant-parameters';

type Method = (...values: never[]) => unknown;

/** Every `@Experiment` of a method, outermost first. */
export function experimentUsesOf(method: object): readonly ExperimentUse[] {
  return (Reflect.getMetadata(EXPERIMENT_USES, method) as readonly ExperimentUse[] | undefined) ?? [];
}

export function noteExperimentUse(method: object, use: ExperimentUse): void {
  Reflect.defineMetadata(EXPERIMENT_USES, [use, ...experimentUsesOf(method)], method);
}

/** Which experiments the `@Variant` parameters of a method name; null where one names none. */
export function variantParametersOf(prototype: object, method: string): readonly (string | null)[] {
  return (
    (Reflect.getMetadata(VARIANT_PARAMETERS, prototype, method) as readonly (string | null)[] | undefined) ??
    []
  );
}

export function noteVariantParameter(prototype: object, method: string | symbol, key: string | null): void {
  const present = variantParametersOf(prototype, String(method));
  Reflect.defineMetadata(VARIANT_PARAMETERS, [...present, key], prototype, String(method));
}

/** Gives one function all that decorators have noted on another, so that it can stand in for it. */
export function copyMetadata(from: Method, to: Method): void {
  for (const key of Reflect.getOwnMetadataKeys(from) as string[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, from), to);
  }
  Object.defineProperty(to, 'name', { value: from.name, configurable: true });
  Object.defineProperty(to, 'length', { value: from.length, configurable: true });
}
