/** Characters of English text per token: the providers' own rule of thumb, good to about a quarter. */
const charactersPerToken = 4;

/**
 * Roughly how many tokens a text has. Used only where nobody counted: in an answer cut off by its reader, and in simulation.
 *
 * @example estimateTokens('A text of 26 characters...') // 7
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}
