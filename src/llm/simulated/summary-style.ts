import type { LlmSettings } from '../llm-request.js';

/** The form a prompt asks a summary to have. */
export interface SummaryStyle {
  readonly sentences: number;
  readonly bullets: boolean;
  /** Open with the main point, marked as such. */
  readonly takeaway: boolean;
  /** Prefer sentences that tell the reader what to do. */
  readonly actionable: boolean;
}

const numbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, a: 1 };
const count = '(\\d+|one|two|three|four|five|a)';
const amount = new RegExp(
  `${count}(?:\\s*(?:-|–|to|or)\\s*${count})?\\s+(?:short |key |main )?(?:sentence|bullet|point|line)`,
);

/**
 * What the prompt asks for, by its plain words; examples that answer in bullets ask for bullets.
 *
 * @example summaryStyle({ model, maxTokens, systemPrompt: 'Summarize in 2-3 sentences.' }).sentences // 3
 */
export function summaryStyle(settings: LlmSettings): SummaryStyle {
  const prompt = (settings.systemPrompt ?? '').toLowerCase();
  const examples = settings.examples ?? [];
  const bullets =
    /bullet|bulleted|list of|structured/.test(prompt) ||
    examples.some((example) => /^\s*[-*•]/.test(example.output));
  return {
    sentences: requestedSentences(prompt) ?? (/concise|brief|short|terse/.test(prompt) ? 2 : 3),
    bullets,
    takeaway: /takeaway|key point|main point/.test(prompt),
    actionable: /action/.test(prompt),
  };
}

function requestedSentences(prompt: string): number | null {
  const match = amount.exec(prompt);
  const word = match?.[2] ?? match?.[1];
  if (word === undefined) return null;
  return Math.min(10, Math.max(1, numbers[word] ?? Number(word)));
}
