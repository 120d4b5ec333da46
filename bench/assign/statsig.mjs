import statsig from 'statsig-node';
import { keyOf, variantsOf } from './setting.mjs';

const buckets = 1_000;

const ruleOf = (experiment, variants) => (key, number) => ({
  name: key,
  id: key,
  groupName: key,
  salt: key,
  passPercentage: 100,
  idType: 'userID',
  isExperimentGroup: true,
  returnValue: { variant: key },
  conditions: [
    {
      type: 'user_bucket',
      operator: 'lt',
      targetValue: (buckets * (number + 1)) / variants,
      field: null,
      additionalValues: { salt: experiment },
      idType: 'userID',
    },
  ],
});

const configOf = (name, variants) => ({
  name,
  type: 'dynamic_config',
  entity: 'experiment',
  salt: name,
  enabled: true,
  isActive: true,
  idType: 'userID',
  explicitParameters: [],
  defaultValue: { variant: 'none' },
  rules: variantsOf(variants).map(ruleOf(name, variants)),
});

/** Statsig's server SDK in local mode with its rules given at start, and exposures not logged. */
export async function prepare({ experiments, variants }) {
  const names = Array.from({ length: experiments }, (_, number) => keyOf(number));
  const bootstrapValues = JSON.stringify({
    has_updates: true,
    time: 1,
    feature_gates: [],
    layer_configs: [],
    dynamic_configs: names.map((name) => configOf(name, variants)),
  });
  await statsig.initialize('secret-benchmark', {
    localMode: true,
    bootstrapValues,
    disableDiagnostics: true,
  });
  const read = (user, key) =>
    statsig.getExperimentWithExposureLoggingDisabledSync(user, key).get('variant', 'none');
  return {
    isSlow: true,
    one: (key, unit) => read({ userID: unit }, key),
    all(unit) {
      const user = { userID: unit };
      return names.map((key) => read(user, key));
    },
    settle: () => undefined,
    close: () => statsig.shutdown(),
  };
}
