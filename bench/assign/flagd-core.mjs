import { FlagdCore } from '@openfeature/flagd-core';
import { keyOf, variantsOf } from './setting.mjs';

/** flagd-core's in-process evaluation as its README has it, in its default mode, which compiles the rules. */
export function prepare({ experiments, variants }) {
  const keys = variantsOf(variants);
  const flag = {
    state: 'ENABLED',
    variants: Object.fromEntries(keys.map((key) => [key, key])),
    defaultVariant: 'v0',
    targeting: { fractional: keys.map((key) => [key, 1]) },
  };
  const flags = Object.fromEntries(Array.from({ length: experiments }, (_, number) => [keyOf(number), flag]));
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify({ flags }));
  const names = Object.keys(flags);
  return {
    one: (key, unit) => core.resolveStringEvaluation(key, 'none', { targetingKey: unit }).value,
    all(unit) {
      const context = { targetingKey: unit };
      return names.map((key) => core.resolveStringEvaluation(key, 'none', context));
    },
    settle: () => undefined,
    close: () => undefined,
  };
}
