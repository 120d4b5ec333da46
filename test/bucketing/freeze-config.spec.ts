import { freezeConfig } from '../../src/bucketing/freeze-config.js';

describe('freezeConfig', () => {
  const config = { model: 'm', examples: [{ input: 'a' }], nothing: null, parameters: { temperature: 0.3 } };

  it('copies everything and freezes all of the copy', () => {
    const frozen = freezeConfig(config) as typeof config;
    expect(frozen).toEqual(config);
    for (const part of [frozen, frozen.examples, frozen.examples[0], frozen.parameters]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(config)).toBe(false);
  });

  it('keeps a field named __proto__ a field', () => {
    const frozen = freezeConfig(JSON.parse('{"__proto__":{"admin":true}}') as Record<string, unknown>);
    expect(frozen['admin']).toBeUndefined();
    expect(Object.keys(frozen)).toEqual(['__proto__']);
  });
});
