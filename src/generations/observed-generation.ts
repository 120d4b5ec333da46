import type { UnitAssignment } from '../bucketing/assignment.js';
import type { VariantConfig } from '../experiments/experiment.js';
import type { GenerationEvent } from '../llm/generation-metrics.js';
import type { LlmErrorKind } from '../llm/llm-error.js';
import type { LoggedDetail } from './logged-detail.js';

/** Whose generation it was. */
export interface GenerationSubject {
  readonly assignment: UnitAssignment;
  /** Id of the interaction that it was part of. */
  readonly interaction: string | null;
}

/** A generation that waits to be logged: no more of it than what will be written. */
export interface ObservedGeneration {
  readonly id: string;
  readonly at: Date;
  readonly subject: GenerationSubject;
  readonly detail: LoggedDetail;
  readonly event: GenerationEvent;
  /** The kind of error that ended it; null = none did. */
  readonly error: LlmErrorKind | null;
  /** Characters of the answer, kept or not. */
  readonly responseLength: number;
  /** Characters of text that it keeps in memory. */
  readonly characters: number;
}

/** Memory that a generation takes beside its texts, in characters. */
const overhead = 500;

/** The generation as it waits; without texts unless they will be written. */
export function observedGeneration(
  id: string,
  at: Date,
  subject: GenerationSubject,
  detail: LoggedDetail,
  event: GenerationEvent,
): ObservedGeneration {
  const kept = detail === 'full' ? event : withoutTexts(event);
  const texts = [kept.generation.text, ...kept.request.messages.map(({ text }) => text)];
  const characters = texts.reduce((sum, { length }) => sum + length, overhead);
  return {
    id,
    at,
    subject,
    detail,
    event: kept,
    error: event.error?.kind ?? null,
    responseLength: event.generation.text.length,
    characters,
  };
}

function withoutTexts(event: GenerationEvent): GenerationEvent {
  return {
    ...event,
    request: { ...event.request, messages: [] },
    generation: { ...event.generation, text: '' },
    // The error holds the answer too.
    error: null,
  };
}

/**
 * The config as it was really sent: of every parameter that the request carries, the request's value.
 *
 * @example sentConfig({ temperature: 0 }, { temperature: 1, maxTokens: 1024 }) // { temperature: 1 }
 */
export function sentConfig(config: VariantConfig, settings: object): VariantConfig {
  const sent = settings as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, key in sent ? sent[key] : value]),
  );
}
