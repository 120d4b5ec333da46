import type { GenerationEvent } from './generation-metrics.js';

/** Learns of every generation that ended, whatever the provider, streamed or not. */
export abstract class GenerationObserver {
  /** Called once per generation, in the asynchronous context of its caller. Must not block; what it throws harms nothing. */
  abstract observe(event: GenerationEvent): void;
}
