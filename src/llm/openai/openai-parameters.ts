import type { Fault } from '../../operations/assay-error.js';
import type { LlmSettings } from '../llm-request.js';
import { openaiModel } from './openai-model.js';

/** Parameters that other providers have and Chat Completions has not. */
const foreign = ['topK', 'thinking'] as const;

const sampling = ['temperature', 'topP', 'presencePenalty', 'frequencyPenalty'] as const;

/** The most stop sequences that the API takes. */
const mostStops = 4;

/**
 * The settings that Chat Completions, or this model of OpenAI's, does not have. The API would answer 400 or 404 to each; see
 * `openaiModel` for what is known of whom. A model whose name says nothing is left for the endpoint to judge.
 *
 * @param isOfficial whether OpenAI itself is asked; others may offer every model over Chat Completions
 */
export function openaiFaults(settings: LlmSettings, isOfficial: boolean): Fault[] {
  const { model } = settings;
  if (isOfficial && !openaiModel(model).chats) {
    const message = `${model} is not in Chat Completions, only in OpenAI's Responses API; name another model`;
    return [{ pointer: '/model', message }];
  }
  return [
    ...foreign
      .filter((name) => settings[name] !== undefined)
      .map((name) => ({
        pointer: `/${name}`,
        message: `${name} does not exist in Chat Completions; remove it`,
      })),
    ...promptFaults(settings),
    ...stopFaults(settings),
    ...samplingFaults(settings),
    ...effortFaults(settings),
  ];
}

function promptFaults({ model, systemPrompt }: LlmSettings): Fault[] {
  if (systemPrompt === undefined || openaiModel(model).system) return [];
  return [{ pointer: '/systemPrompt', message: `systemPrompt is not taken by ${model}; name another model` }];
}

function stopFaults({ model, stopSequences }: LlmSettings): Fault[] {
  if (stopSequences === undefined) return [];
  if (!openaiModel(model).stop) {
    return [{ pointer: '/stopSequences', message: `stopSequences are not taken by ${model}; remove them` }];
  }
  if (stopSequences.length <= mostStops) return [];
  const message = `stopSequences has ${stopSequences.length} entries; OpenAI takes up to ${mostStops}`;
  return [{ pointer: '/stopSequences', message }];
}

function samplingFaults(settings: LlmSettings): Fault[] {
  const { model, effort } = settings;
  const takes = openaiModel(model).sampling;
  const reasons = effort !== undefined && effort !== 'none';
  if (takes !== 'never' && !(takes === 'without-reasoning' && reasons)) return [];
  const advice = takes === 'never' ? 'remove it' : `remove it, or use effort none`;
  const why = takes === 'never' ? model : `${model} with effort ${effort}`;
  return sampling
    .filter((name) => settings[name] !== undefined)
    .map((name) => ({ pointer: `/${name}`, message: `${name} is not taken by ${why}; ${advice}` }));
}

function effortFaults({ model, effort }: LlmSettings): Fault[] {
  const { efforts } = openaiModel(model);
  if (effort === undefined || efforts === null || efforts.includes(effort)) return [];
  const message =
    efforts.length === 0
      ? `effort is not taken by ${model}, whose effort cannot be set; remove it`
      : `effort is ${effort}; ${model} takes ${efforts.join(', ')}`;
  return [{ pointer: '/effort', message }];
}
