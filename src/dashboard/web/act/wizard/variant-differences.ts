import { readConfig } from './draft-config.js';
import type { VariantForm } from './draft-form.js';

/** One parameter in which variants differ, and what each has. */
export interface Difference {
  readonly parameter: string;
  readonly values: readonly { readonly variant: string; readonly value: unknown }[];
}

export interface NamedConfig {
  readonly key: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The variants' configs as far as they can be read, each with a name. */
export function namedConfigs(variants: readonly VariantForm[]): NamedConfig[] {
  return variants.map(({ key, config }, place) => ({
    key: key.trim() || `variant ${place + 1}`,
    config: readConfig(config, '').config,
  }));
}

/**
 * The parameters in which the variants' configs differ, by name. What is inside an object counts as one parameter.
 *
 * @example variantDifferences([{ key: 'a', config: { model: 'm' } }, { key: 'b', config: { model: 'n' } }])[0].parameter // 'model'
 */
export function variantDifferences(variants: readonly NamedConfig[]): Difference[] {
  const parameters = new Set(variants.flatMap(({ config }) => Object.keys(config)));
  return [...parameters]
    .filter((parameter) => new Set(variants.map(({ config }) => sortedJson(config[parameter]))).size > 1)
    .sort()
    .map((parameter) => ({
      parameter,
      values: variants.map(({ key, config }) => ({ variant: key, value: config[parameter] })),
    }));
}

/**
 * What the differences mean for the experiment, in a sentence.
 *
 * @example differenceSentence([]) // 'The variants are the same: there is nothing to find.'
 */
export function differenceSentence(differences: readonly Difference[]): string {
  const names = differences.map(({ parameter }) => parameterWords(parameter));
  if (names.length === 0) return 'The variants are the same: there is nothing to find.';
  if (names.length === 1) return `The variants differ in ${names[0]} alone.`;
  const all = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `The variants differ in ${all}. Change one thing at a time, or nobody can say which of them made the difference.`;
}

const words: Readonly<Record<string, string>> = {
  model: 'the model',
  systemPrompt: 'the system prompt',
  temperature: 'the temperature',
  maxTokens: 'the longest answer',
};

function parameterWords(parameter: string): string {
  return words[parameter] ?? parameter;
}

/**
 * What a variant has there, short enough for a line.
 *
 * @example shortValue('Summarize\nthis.') // 'Summarize this.'
 */
export function shortValue(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

function sortedJson(value: unknown): string {
  const sorted = (_key: string, part: unknown): unknown =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted) ?? '';
}
