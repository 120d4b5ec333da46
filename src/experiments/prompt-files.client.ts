import { readFile, realpath } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { AssayError } from '../operations/assay-error.js';
import type { ExperimentDefinition } from './experiment.schema.js';
import type { VariantConfig } from './experiment.js';
import { promptFile } from './prompt-file.js';

/**
 * The definition with the text of each prompt that is kept in a file: `{ "file": "prompts/summary.md" }` and
 * `{ "file": "summary.md" }` are the same one in the directory `prompts`. The last line break of a file is not part of the text.
 *
 * @throws AssayError INVALID_CONFIGURATION for a file that is missing, empty, or not inside of the directory
 */
export async function withPromptFiles(
  definition: ExperimentDefinition,
  directory: string,
): Promise<ExperimentDefinition> {
  const resolved = async (config: VariantConfig, pointer: string): Promise<Record<string, unknown>> => {
    const file = promptFile(config['systemPrompt']);
    if (file === null) return config;
    const named = `"${definition.key}" at ${pointer}/systemPrompt`;
    return { ...config, systemPrompt: await textOf(file, directory, named) };
  };
  const variants = definition.variants.map(async (variant, place) =>
    variant.config
      ? { ...variant, config: await resolved(variant.config, `/variants/${place}/config`) }
      : variant,
  );
  return {
    ...definition,
    variants: await Promise.all(variants),
    ...(definition.fallback && { fallback: await resolved(definition.fallback, '/fallback') }),
  };
}

async function textOf(file: string, directory: string, named: string): Promise<string> {
  const root = resolve(directory);
  const name = file.startsWith(`${basename(root)}/`) ? file.slice(basename(root).length + 1) : file;
  const path = resolve(root, name);
  if (!isInside(root, path)) throw refused(named, file, `lies outside of ${root}`);
  try {
    // A link inside of the directory must not lead out of it either.
    if (!isInside(await realpath(root), await realpath(path)))
      throw refused(named, file, `leads outside of ${root}`);
    const text = (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
    if (text.trim() === '') throw refused(named, file, `is empty (${path})`);
    return text;
  } catch (error) {
    if (error instanceof AssayError) throw error;
    const { code } = error as { code?: string };
    const reason = code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? String(error)})`;
    throw refused(named, file, `${reason}: looked for ${path}`);
  }
}

function isInside(root: string, path: string): boolean {
  const step = relative(root, path);
  return step !== '' && step !== '..' && !step.startsWith(`..${sep}`) && resolve(root, step) === path;
}

function refused(named: string, file: string, reason: string): AssayError {
  return new AssayError(
    'INVALID_CONFIGURATION',
    `The prompt file ${JSON.stringify(file)} of experiment ${named} ${reason}. Give a file inside of the directory that ` +
      'AssayModule.forRoot({ prompts }) names.',
  );
}
