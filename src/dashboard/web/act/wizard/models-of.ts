import type { ExperimentView } from '../../api/contract.js';

/**
 * The models that experiments use, each once, by name.
 *
 * @example modelsOf(experiments) // ['claude-haiku-4-5']
 */
export function modelsOf(experiments: readonly Pick<ExperimentView, 'variants'>[]): readonly string[] {
  const models = experiments.flatMap(({ variants }) => variants.map(({ config }) => config['model']));
  return [...new Set(models.filter((model) => typeof model === 'string'))].sort();
}
