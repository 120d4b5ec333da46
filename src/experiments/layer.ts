/** Slots from the first on and before the second. */
export type SlotRange = readonly [from: number, to: number];

/** The part of a layer's 10,000 slots that one experiment claims for itself. */
export interface LayerClaim {
  readonly key: string;
  /** Percentage of the layer's units, more than 0 and at most 100. */
  readonly percent: number;
  /** The slots, from the start on; null before. They stay the same for good, and are its own as long as it holds them. */
  readonly slots: readonly SlotRange[] | null;
  /** Salt of the layer, which all of its experiments share; null before the start. */
  readonly salt: string | null;
}
