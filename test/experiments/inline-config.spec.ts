import { inlineConfig } from '../../src/experiments/inline-config.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

describe('inlineConfig', () => {
  it('is the decided variant’s, also of an archived experiment', () => {
    const over = experimentWith({ status: 'archived', decidedVariant: 'treatment' });
    expect(inlineConfig(over)).toMatchObject({
      variant: 'treatment',
      config: { model: 'model of treatment' },
    });
  });

  it('is the fallback where nothing was decided', () => {
    const killed = experimentWith({ status: 'archived' });
    expect(inlineConfig(killed)).toEqual({ variant: null, config: { model: 'model of before' } });
  });
});
