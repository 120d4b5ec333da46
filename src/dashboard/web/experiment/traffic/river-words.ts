import type { ExperimentView } from '../../api/contract.js';
import { countOf, shareOf } from '../../format/number.js';
import type { RiverBands, RiverStep } from './river-layout.js';
import { servingWords } from './serving.js';

/** Where a river ends: now; of an experiment that is over, soon after the last that happened to it. */
export function riverEnd(status: ExperimentView['status'], instants: readonly number[], now: number): number {
  const first = instants.reduce((least, at) => Math.min(least, at), now);
  const last = instants.reduce((greatest, at) => Math.max(greatest, at), -Infinity);
  if (instants.length === 0) return now;
  const isOver = status === 'archived' || status === 'concluded' || status === 'imported';
  return isOver ? last + Math.max(60_000, (last - first) * 0.05) : Math.max(now, last);
}

/** What the river says, in a sentence or two. */
export function riverSummary(
  latest: RiverStep | undefined,
  { variants }: RiverBands,
  epochs: number,
): string {
  if (!latest) return 'No traffic yet.';
  const shares = variants.map((key, place) => `${key} ${shareOf(latest.shares[place])}`).join(', ');
  const rest = latest.shares.at(-1) ?? 0;
  const changes = changesWords(epochs - 1);
  if (latest.serving === 'decided')
    return `Concluded: everyone is served ${decidedOf(latest, variants)}.${epochs === 1 ? '' : ` ${changes}`}`;
  if (latest.serving !== 'test') {
    const weights = epochs === 1 ? 'Its weights are those of the start.' : changes;
    return `${capital(servingWords(latest.serving))}. ${weights}`;
  }
  const fallback = rest > 0.0005 ? `, the fallback ${shareOf(rest)}` : '';
  return `Of new units ${shares}${fallback}. Units keep the variant they first met. ${changes}`;
}

function changesWords(changes: number): string {
  if (changes === 0) return 'The weights have not changed since the start.';
  return changes === 1 ? 'Changed once.' : `Changed ${countOf(changes)} times.`;
}

function decidedOf({ shares }: RiverStep, variants: readonly string[]): string {
  return variants.find((_, place) => (shares[place] ?? 0) > 0) ?? 'the fallback';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
