import { InMemStorageProvider, Unleash } from 'unleash-client';
import { keyOf, variantsOf } from './setting.mjs';

const sharesOf = (variants) =>
  variantsOf(variants).map((name) => ({
    name,
    weight: 1000 / variants,
    weightType: 'variable',
    stickiness: 'userId',
  }));
const featureOf = (name, variants) => ({
  name,
  enabled: true,
  strategies: [
    {
      name: 'flexibleRollout',
      parameters: { rollout: '100', stickiness: 'userId', groupId: name },
      constraints: [],
      variants: sharesOf(variants),
    },
  ],
});

/** Unleash's client with strategy variants, given its flags at start and asking no server afterwards. */
export async function prepare({ experiments, variants }) {
  const names = Array.from({ length: experiments }, (_, number) => keyOf(number));
  const client = new Unleash({
    appName: 'benchmark',
    url: 'http://127.0.0.1:1/',
    refreshInterval: 0,
    disableMetrics: true,
    skipInstanceCountWarning: true,
    storageProvider: new InMemStorageProvider(),
    bootstrap: { data: names.map((name) => featureOf(name, variants)) },
  });
  // There is no server at that address.
  client.on('error', () => undefined);
  client.on('warn', () => undefined);
  await new Promise((resolve) => client.once('ready', resolve));
  return {
    isSlow: true,
    one: (key, unit) => client.getVariant(key, { userId: unit }).name,
    all(unit) {
      const context = { userId: unit };
      return names.map((key) => client.getVariant(key, context));
    },
    settle: () => undefined,
    close: () => client.destroy(),
  };
}
