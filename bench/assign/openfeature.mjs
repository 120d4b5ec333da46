import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { hashUnit } from '../../dist/bucketing/unit-hash.js';
import { keyOf, variantsOf } from './setting.mjs';

/**
 * OpenFeature's SDK with its in-memory provider. It knows no split of its own; a variant is picked by a hash of 32 bits,
 * Assay's own, so that what is measured is the SDK around it. It answers by promise.
 */
export async function prepare({ experiments, variants }) {
  const keys = variantsOf(variants);
  const flag = (key) => ({
    variants: Object.fromEntries(keys.map((name) => [name, name])),
    defaultVariant: 'v0',
    disabled: false,
    contextEvaluator: ({ targetingKey }) =>
      keys[(hashUnit(`${targetingKey}${key}`).first >>> 0) % keys.length],
  });
  const names = Array.from({ length: experiments }, (_, number) => keyOf(number));
  await OpenFeature.setProviderAndWait(
    new InMemoryProvider(Object.fromEntries(names.map((key) => [key, flag(key)]))),
  );
  const client = OpenFeature.getClient();
  return {
    isAsync: true,
    isSlow: true,
    one: (key, unit) => client.getStringValue(key, 'none', { targetingKey: unit }),
    all(unit) {
      const context = { targetingKey: unit };
      return Promise.all(names.map((key) => client.getStringValue(key, 'none', context)));
    },
    settle: () => undefined,
    close: () => OpenFeature.close(),
  };
}
