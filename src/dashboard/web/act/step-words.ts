import { shareOf } from '../format/number.js';
import type { StepView } from './send.js';

/** What the bandit's step does to the weights, and why, in sentences. */
export function stepWords({ changed, reason, evidence }: StepView): string[] {
  const moved = changed ? movedWords(evidence['weightsBefore'], evidence['weightsAfter']) : null;
  return [...(moved === null ? [] : [moved]), `The bandit's reason: ${reason}.`];
}

function movedWords(before: unknown, after: unknown): string | null {
  const [from, to] = [sharesIn(before), sharesIn(after)];
  if (!to) return null;
  const words = Object.entries(to).map(([key, share]) => {
    const was = from?.[key];
    return was === undefined
      ? `${key} to ${shareOf(share)}`
      : `${key} from ${shareOf(was)} to ${shareOf(share)}`;
  });
  return `Shares of new units move: ${words.join(', ')}.`;
}

function sharesIn(value: unknown): Record<string, number> | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
