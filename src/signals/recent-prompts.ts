import { LRUCache } from 'lru-cache';
import { likeness, promptSketch, type PromptSketch } from './prompt-sketch.js';

/** A prompt of a unit, and what was made of it. */
export interface AskedPrompt<Interaction> {
  /** Whose it is: an experiment's unit. */
  readonly unit: string;
  /** Id of the interaction; its first prompt counts. */
  readonly id: string;
  readonly interaction: Interaction;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly prompt: string;
  /** Messages that came before it: the same prompt further on in a conversation is no retry. */
  readonly turn: number;
}

interface Remembered<Interaction> extends Omit<AskedPrompt<Interaction>, 'prompt' | 'unit'> {
  readonly sketch: PromptSketch | null;
}

/** Near-identical from here on. */
const leastLikeness = 0.7;
const retryMilliseconds = 600_000;
const promptsPerUnit = 4;
/** About two kilobytes each. */
const mostUnits = 10_000;

/** The last prompts of the latest units, in the memory of one process: no texts, and never more than so many. */
export class RecentPrompts<Interaction> {
  private readonly units = new LRUCache<string, readonly Remembered<Interaction>[]>({ max: mostUnits });

  /**
   * Remembers a prompt. Returns the interaction that it is a retry of, the latest first: of the same unit, not ten minutes
   * old, at the same place of its conversation, near-identical. `isFirst` is false for another prompt of an interaction
   * that is remembered already.
   */
  ask(asked: AskedPrompt<Interaction>): { readonly isFirst: boolean; readonly retried: Interaction | null } {
    const earlier = (this.units.get(asked.unit) ?? []).filter(({ at }) => asked.at - at <= retryMilliseconds);
    if (earlier.some(({ id }) => id === asked.id)) return { isFirst: false, retried: null };
    const { id, interaction, at, turn } = asked;
    const sketch = promptSketch(asked.prompt);
    const remembered = [{ id, interaction, at, turn, sketch }, ...earlier].slice(0, promptsPerUnit);
    this.units.set(asked.unit, remembered);
    const retried = earlier.find((other) => isAlike(sketch, other.sketch) && other.turn === turn);
    return { isFirst: true, retried: retried?.interaction ?? null };
  }
}

function isAlike(one: PromptSketch | null, other: PromptSketch | null): boolean {
  return one !== null && other !== null && likeness(one, other) >= leastLikeness;
}
