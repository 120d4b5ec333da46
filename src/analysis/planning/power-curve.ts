import { driftOf, requiredUnits, type Sizing } from './required-units.js';
import { powerByDrift, type InflationDesign } from './sequential-inflation.js';

/** How likely one effect is found, by the number of units. */
export interface PowerCurve {
  /** In the metric's unit. */
  readonly effect: number;
  readonly points: readonly PowerPoint[];
}

export interface PowerPoint {
  /** Units in the smallest variant. */
  readonly unitsPerVariant: number;
  readonly power: number;
}

/** Enough for a smooth line, few enough to be read as a table. */
const steps = 40;

/** So that every curve is seen to pass the planned power. */
const beyondNeeded = 1.25;

/**
 * The power of a design for each effect, over the same numbers of units: from none to a quarter more than the smallest
 * effect needs. By the normal distribution: below twenty units a variant finds a little less.
 *
 * @throws AssayError when alpha or power lies outside (0, 1), or an effect is not positive
 * @example powerCurves(sizing, { sequential: 'none', looks: 14 }, [0.1])[0].points[32]; // { unitsPerVariant: 1572, power: 0.8 }
 */
export function powerCurves(
  sizing: Sizing,
  { sequential, looks }: Pick<InflationDesign, 'sequential' | 'looks'>,
  effects: readonly number[],
): PowerCurve[] {
  if (effects.length === 0) return [];
  const powerOf = powerByDrift({ sequential, looks, alpha: sizing.alpha });
  const smallest = Math.min(...sizing.shares);
  const most = requiredUnits(sizing, Math.min(...effects)) * smallest * beyondNeeded;
  const counts = Array.from({ length: steps }, (_, step) => Math.ceil((most * (step + 1)) / steps));
  const distinct = [...new Set(counts)].filter((count) => count >= 2);
  return effects.map((effect) => ({
    effect,
    points: distinct.map((unitsPerVariant) => ({
      unitsPerVariant,
      power: powerOf(driftOf(sizing, effect, unitsPerVariant / smallest)),
    })),
  }));
}
