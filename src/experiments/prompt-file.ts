import type { Fault } from '../operations/assay-error.js';
import type { Experiment } from './experiment.js';

/**
 * The file that a system prompt is kept in; null for a text, or anything else.
 *
 * @example promptFile({ file: 'prompts/summary.md' }) // 'prompts/summary.md'
 */
export function promptFile(systemPrompt: unknown): string | null {
  if (systemPrompt === null || typeof systemPrompt !== 'object') return null;
  const { file, ...rest } = systemPrompt as { file?: unknown };
  return typeof file === 'string' && Object.keys(rest).length === 0 ? file : null;
}

/** Prompts in files, where none can be read: files belong to an application, and are read when it starts. */
export function promptFileFaults({ variants, fallback }: Pick<Experiment, 'variants' | 'fallback'>): Fault[] {
  const configs = [
    ...variants.map(({ config }, place) => [`/variants/${place}/config`, config] as const),
    ['/fallback', fallback] as const,
  ];
  return configs
    .filter(([, config]) => promptFile(config['systemPrompt']) !== null)
    .map(([pointer]) => ({
      pointer: `${pointer}/systemPrompt`,
      message: 'files are read for experiments written in code alone; send the text itself',
    }));
}
