import type { LlmRequest } from '../llm-request.js';
import { turns } from '../llm-request.js';
import { estimateTokens } from '../token-estimate.js';
import { extractiveSummary } from './extractive-summary.js';
import { summaryStyle } from './summary-style.js';

/** What the simulated model says, and what it counts. */
export interface SimulatedAnswer {
  readonly pieces: readonly string[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly stopReason: 'end_turn' | 'max_tokens' | 'stop_sequence';
}

/** The words every simulated answer begins with. */
export function simulationLabel(model: string): string {
  return `[simulated ${model}, no model was asked] `;
}

/**
 * A stand-in for a model's answer: an extractive summary of the last user message in the form that the prompt asks for,
 * marked as simulated, kept within `maxTokens` and `stopSequences`. The same request always gets the same answer.
 */
export function simulatedAnswer(request: LlmRequest): SimulatedAnswer {
  const { settings } = request;
  const asked = request.messages.findLast((message) => message.role === 'user')?.text ?? '';
  const summary = stopAt(extractiveSummary(asked, summaryStyle(settings)), settings.stopSequences ?? []);
  const words = summary.text.match(/\S+\s*/g) ?? [];
  const kept = withinTokens(words, settings.maxTokens);
  const cut = kept.length < words.length;
  const input = turns(request).map((turn) => turn.text);
  return {
    pieces: [simulationLabel(settings.model), ...kept],
    inputTokens: estimateTokens([settings.systemPrompt ?? '', ...input].join('\n')),
    outputTokens: estimateTokens(kept.join('')),
    stopReason: cut ? 'max_tokens' : summary.stopped ? 'stop_sequence' : 'end_turn',
  };
}

function stopAt(text: string, sequences: readonly string[]): { text: string; stopped: boolean } {
  const found = sequences.map((sequence) => text.indexOf(sequence)).filter((position) => position >= 0);
  return found.length === 0
    ? { text, stopped: false }
    : { text: text.slice(0, Math.min(...found)), stopped: true };
}

function withinTokens(words: readonly string[], maximum: number): string[] {
  let text = '';
  return words.filter((word) => {
    text += word;
    return estimateTokens(text) <= maximum;
  });
}
