import { builtInMetrics } from '../../src/catalogue/built-in-metrics.js';
import { configDifferences } from '../../src/experiments/config-differences.js';
import { CreateExperiment } from '../../src/experiments/experiment.schema.js';
import { summarizeExperiment } from '../../src/example/summarize.experiment.js';
import { costOf } from '../../src/llm/price.js';
import { parseVariantConfig } from '../../src/llm/variant-config.js';

const configs = CreateExperiment.parse(summarizeExperiment).variants.map(({ config }) => config);

describe('The experiment of the example', () => {
  it('is one that can be registered, on metrics that every installation has', () => {
    const { metrics } = CreateExperiment.parse(summarizeExperiment);
    const known = builtInMetrics.map(({ key }) => key);
    expect(known).toEqual(expect.arrayContaining([...[metrics.primary].flat(), ...metrics.secondary]));
  });

  it('tests one variable: the prompt', () => {
    expect(configDifferences(configs)).toEqual(['systemPrompt']);
  });

  it('can be sent as it stands, to a model whose price is known', () => {
    const usage = {
      inputTokens: 100,
      outputTokens: 50,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      outputTokensEstimated: false,
    };
    for (const config of configs) {
      const { model } = parseVariantConfig(config);
      expect(costOf(usage, model, new Date('2026-11-01')).costUsd).toBeGreaterThan(0);
    }
  });
});
