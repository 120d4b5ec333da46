import type { EpochView } from '../../api/contract.js';
import type { Serving, ServingChange } from './serving.js';

/** A period in which new units were shared out alike. */
export interface RiverStep {
  readonly at: number;
  readonly until: number;
  /** Of all new units, by band; they sum to 1. The last band is the fallback. */
  readonly shares: readonly number[];
  /** Place of its weight epoch in the list, oldest first. */
  readonly epoch: number;
  readonly serving: Serving;
}

/** What the bands of a river are. */
export interface RiverBands {
  /** Keys, in the experiment's order. */
  readonly variants: readonly string[];
  /** Share of the units let in that is held back, 0 to 1; with any there is a band for them. */
  readonly heldBack: number;
}

/** Names of the bands, in the order of {@link RiverStep.shares}. */
export function bandNames({ variants, heldBack }: RiverBands): string[] {
  return [...variants, ...(heldBack > 0 ? ['held back'] : []), 'fallback'];
}

/**
 * The share of new units that each variant gets over time, with what goes to the fallback: steps, since weights change at
 * instants.
 *
 * @param epochs oldest first
 * @param until where the river ends: now, or the end of the experiment
 * @example riverSteps(epochs, [], { variants: ['a', 'b'], heldBack: 0 }, now)[0].shares // [0.25, 0.25, 0.5] at a coverage of 50 %
 */
export function riverSteps(
  epochs: readonly EpochView[],
  changes: readonly ServingChange[],
  bands: RiverBands,
  until: number,
): RiverStep[] {
  const starts = epochs.map(({ startedAt }) => Date.parse(startedAt));
  const [first] = starts;
  if (first === undefined) return [];
  const instants = [...new Set([...starts, ...changes.map(({ at }) => at)])]
    .filter((at) => at >= first && at <= Math.max(until, first))
    .sort((one, other) => one - other);
  let [epoch, change] = [-1, -1];
  return instants.map((at, place): RiverStep => {
    while ((starts[epoch + 1] ?? Infinity) <= at) epoch++;
    while ((changes[change + 1]?.at ?? Infinity) <= at) change++;
    const { serving, variant } = changes[change] ?? { serving: 'test' as const, variant: null };
    const end = Math.max(at, instants[place + 1] ?? until);
    return { at, until: end, shares: sharesOf(epochs[epoch], serving, variant, bands), epoch, serving };
  });
}

function sharesOf(
  epoch: EpochView | undefined,
  serving: Serving,
  decidedVariant: string | null,
  { variants, heldBack }: RiverBands,
): number[] {
  const letIn = serving === 'test' ? (epoch?.coverage ?? 0) / 100 : serving === 'decided' ? 1 : 0;
  const weights = variants.map((key) =>
    serving === 'decided' ? Number(key === decidedVariant) : (epoch?.weights[key] ?? 0),
  );
  const shares = weights.map((weight) => weight * letIn * (1 - heldBack));
  const held = heldBack > 0 ? [letIn * heldBack] : [];
  const known = [...shares, ...held].reduce((sum, share) => sum + share, 0);
  return [...shares, ...held, Math.max(0, 1 - known)];
}

/** Units held back by the experiment and by the whole programme: a unit is held back once. */
export function heldBackShare(holdback: number, programmeHoldback: number | null): number {
  return 1 - (1 - holdback / 100) * (1 - (programmeHoldback ?? 0) / 100);
}

/**
 * Place of the last of these instants that is not later; the first where all are, -1 where there are none.
 *
 * @param instants in order
 */
export function placeAt(instants: readonly number[], instant: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? Infinity) <= instant) low = middle + 1;
    else high = middle;
  }
  return instants.length === 0 ? -1 : Math.max(0, low - 1);
}
