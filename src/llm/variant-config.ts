import { z } from 'zod';
import type { VariantConfig } from '../experiments/experiment.js';
import { AssayError, type Fault } from '../operations/assay-error.js';
import { inOurWords } from '../operations/problem/schema-words.js';
import type { LlmSettings } from './llm-request.js';
import { outputSchemaFault } from './output-format.js';

/** Tokens an answer may have when the config does not say. */
export const defaultMaxTokens = 1024;

const text = z.string().min(1);
const penalty = z.number().min(-2).max(2);

const milliseconds = z.number().gt(0).max(3_600_000);

/** What Assay itself does with a call; none of it is sent. */
const ownShape = {
  provider: z.enum(['anthropic', 'openai', 'simulated']).optional(),
  timeouts: z
    .strictObject({
      connect: milliseconds.optional(),
      firstToken: milliseconds.optional(),
      idle: milliseconds.optional(),
      total: milliseconds.optional(),
    })
    .optional(),
  outputSchema: z
    .custom<Record<string, unknown>>(
      (value) => typeof value === 'object' && value !== null,
      'must be a JSON schema',
    )
    .superRefine((schema, context) => {
      const fault = outputSchemaFault(schema);
      if (fault !== null) context.addIssue({ code: 'custom', message: `is no JSON schema: ${fault}` });
    })
    .optional(),
};

const variantConfigSchema = z.strictObject({
  model: text.max(200).optional(),
  systemPrompt: text.optional(),
  examples: z
    .array(z.strictObject({ input: text, output: text }))
    .max(100)
    .optional(),
  maxTokens: z.int().min(1).max(1_000_000).default(defaultMaxTokens),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  topK: z.int().min(1).optional(),
  presencePenalty: penalty.optional(),
  frequencyPenalty: penalty.optional(),
  seed: z.int().optional(),
  stopSequences: z.array(text).min(1).max(16).optional(),
  effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).optional(),
  thinking: z.enum(['adaptive', 'disabled']).optional(),
  ...ownShape,
  fallbackConfig: z.record(z.string(), z.unknown()).optional(),
});

/** The parameters a variant's config may hold. */
export const variantParameters: readonly string[] = Object.keys(variantConfigSchema.shape);

/**
 * A variant's config as settings of a call. Nothing is guessed and nothing is dropped: an unknown parameter, a wrong type
 * or a value out of range throws `INVALID_CONFIGURATION`, naming each field and the value received.
 * Only a missing `maxTokens` (1024) and a missing `model` (`defaultModel`) are filled in.
 *
 * @example
 * parseVariantConfig({ model: 'claude-haiku-4-5', temperature: 0.3, systemPrompt: 'Summarize the text.' })
 * // { model: 'claude-haiku-4-5', temperature: 0.3, systemPrompt: 'Summarize the text.', maxTokens: 1024 }
 */
export function parseVariantConfig(config: VariantConfig, defaultModel?: string): LlmSettings {
  const parsed = variantConfigSchema.safeParse(config, { ...inOurWords, reportInput: true });
  if (!parsed.success) throw refusedConfig(parsed.error.issues.flatMap(faultsOf));
  const model = parsed.data.model ?? defaultModel;
  if (model === undefined) {
    const message = 'model is missing and no default model is set; name the model to ask';
    throw refusedConfig([{ pointer: '/model', message }]);
  }
  if (parsed.data.fallbackConfig !== undefined) refuseFallback(parsed.data.fallbackConfig, defaultModel);
  return { ...parsed.data, model };
}

/** A fallback is checked with its variant, so that it is not found unusable in the very moment it is needed. */
function refuseFallback(fallback: VariantConfig, defaultModel?: string): void {
  if ('fallbackConfig' in fallback) {
    const message = 'fallbackConfig has a fallbackConfig of its own; one is asked, no more';
    throw refusedConfig([{ pointer: '/fallbackConfig/fallbackConfig', message }]);
  }
  try {
    parseVariantConfig(fallback, defaultModel);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw refusedConfig(within('/fallbackConfig', error.faults));
  }
}

/** The same faults, of a config that is part of another. */
export function within(pointer: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ pointer: `${pointer}${fault.pointer}`, message: fault.message }));
}

/** The one refusal that lists all of these faults. */
export function refusedConfig(faults: readonly Fault[]): AssayError {
  const list = faults.map((fault) => fault.message).join('; ');
  return new AssayError('INVALID_CONFIGURATION', `The variant's config cannot be used: ${list}.`, faults);
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...path, key]),
      message: `${[...path, key].join('.')} is not a parameter that can be sent; known are ${variantParameters.join(', ')}`,
    }));
  }
  const name = path.join('.') || 'the config';
  return [{ pointer: pointerTo(path), message: `${name} is ${shown(issue.input)}: ${issue.message}` }];
}

function pointerTo(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function shown(value: unknown): string {
  const printed =
    typeof value === 'object' && value !== null ? `a value of type ${describeObject(value)}` : String(value);
  const quoted = typeof value === 'string' ? JSON.stringify(value) : printed;
  return quoted.length > 80 ? `${quoted.slice(0, 80)}…` : quoted;
}

function describeObject(value: object): string {
  return Array.isArray(value) ? `array (${value.length} items)` : 'object';
}
