import type { Fault } from '../../operations/assay-error.js';
import type { Effort, LlmSettings } from '../llm-request.js';

/** Parameters that other providers have and the Messages API has not. */
const foreign = ['presencePenalty', 'frequencyPenalty', 'seed'] as const;

/** Source: `OutputConfig` of Anthropic's SDK. */
const anthropicEfforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const satisfies readonly Effort[];
type AnthropicEffort = (typeof anthropicEfforts)[number];

const sampling = ['temperature', 'topP', 'topK'] as const;

/** The newest generation of Claude that still takes sampling parameters: 4.6. */
const lastWithSampling = 406;

/** Families of which no model takes them, with a version in the name or without. */
const withoutSampling = /claude-(fable|mythos)/;

/** The first generation that takes temperature or top-p, not both: 4.1. */
const firstWithEitherOr = 401;

/**
 * The settings that Anthropic, or this model of it, does not have. The API would answer 400 to each; here it is known at the start.
 * Sources: Anthropic's migration guide for API version 2026-10-21 and its list of models that take no `temperature`,
 * `top_p` or `top_k` (Claude 4.7 and everything newer; the whole families Fable and Mythos).
 * A model whose name says nothing is left for the provider to judge.
 */
export function anthropicFaults(settings: LlmSettings): Fault[] {
  const faults = foreign.filter((name) => settings[name] !== undefined).map(foreignFault);
  const { effort } = settings;
  if (effort !== undefined && !isAnthropicEffort(effort)) {
    const message = `effort is ${effort}; Anthropic takes ${anthropicEfforts.join(', ')}`;
    faults.push({ pointer: '/effort', message });
  }
  const sampled = sampling.filter((name) => settings[name] !== undefined);
  const generation = claudeGeneration(settings.model);
  if ((generation !== null && generation > lastWithSampling) || withoutSampling.test(settings.model)) {
    faults.push(...sampled.map((name) => samplingFault(name, settings.model)));
  } else {
    faults.push(...rangeFaults(settings, generation));
  }
  return faults;
}

/** Whether Anthropic knows that effort. */
export function isAnthropicEffort(effort: Effort): effort is AnthropicEffort {
  return anthropicEfforts.some((known) => known === effort);
}

/** Whether any sampling parameter is set: such a request needs the API version that still knows them. */
export function usesSampling(settings: LlmSettings): boolean {
  return sampling.some((name) => settings[name] !== undefined);
}

/**
 * The generation of a Claude model as hundreds and units, `null` when the name does not tell.
 *
 * @example
 * claudeGeneration('claude-haiku-4-5-20251001') // 405
 * claudeGeneration('claude-3-5-sonnet-20241022') // 305
 */
export function claudeGeneration(model: string): number | null {
  const named = /claude-[a-z]+-(\d{1,2})(?:-(\d{1,2}))?(?!\d)/.exec(model);
  const older = /claude-(\d)(?:-(\d))?-[a-z]/.exec(model);
  const found = named ?? older;
  if (found === null) return null;
  return Number(found[1]) * 100 + Number(found[2] ?? 0);
}

function rangeFaults(settings: LlmSettings, generation: number | null): Fault[] {
  const faults: Fault[] = [];
  const { temperature, topP } = settings;
  if (temperature !== undefined && temperature > 1) {
    faults.push({
      pointer: '/temperature',
      message: `temperature is ${temperature}; Anthropic takes 0 to 1`,
    });
  }
  const eitherOr = generation !== null && generation >= firstWithEitherOr;
  if (eitherOr && temperature !== undefined && topP !== undefined) {
    const message = `topP is ${topP} and temperature is ${temperature}; ${settings.model} takes one of them, not both`;
    faults.push({ pointer: '/topP', message });
  }
  if (settings.thinking === 'adaptive') faults.push(...thinkingFaults(settings));
  return faults;
}

/** A model that thinks takes temperature 1 only, and no top-k. */
function thinkingFaults({ temperature, topK }: LlmSettings): Fault[] {
  const faults: Fault[] = [];
  if (temperature !== undefined && temperature < 1) {
    const message = `temperature is ${temperature}; with thinking it can only be 1`;
    faults.push({ pointer: '/temperature', message });
  }
  if (topK !== undefined) faults.push({ pointer: '/topK', message: `topK is ${topK}; thinking excludes it` });
  return faults;
}

function foreignFault(name: (typeof foreign)[number]): Fault {
  return { pointer: `/${name}`, message: `${name} does not exist at Anthropic; remove it` };
}

function samplingFault(name: (typeof sampling)[number], model: string): Fault {
  const message = `${name} is not taken by ${model} (no Claude newer than 4.6 takes it); remove it, or use effort`;
  return { pointer: `/${name}`, message };
}
