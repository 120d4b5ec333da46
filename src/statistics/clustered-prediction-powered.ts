import { insufficient, type Estimate, type Insufficient } from './estimate.js';
import { exactSum } from './exact-sum.js';

/** What people and a judge said of one unit's interactions, each of which the judge scored. */
export interface JudgedUnit {
  /** Interactions with a label by people. */
  readonly labelled: number;
  /** Sum of these labels. */
  readonly labels: number;
  /** Sum of the judge's scores of the same interactions. */
  readonly judgeOnLabelled: number;
  /** Sum of the squares of these scores around their own mean. */
  readonly spreadOnLabelled: number;
  /** Interactions that the judge alone scored, and the same of them. */
  readonly unlabelled: number;
  readonly judgeElsewhere: number;
  readonly spreadElsewhere: number;
}

export interface ClusteredPredictionPowered extends Estimate {
  /** How far the judge is relied on: 0 not at all, 1 fully. */
  readonly reliance: number;
  /** Number of labels. */
  readonly labels: number;
}

/** Spread below this share of the mean is rounding, not variance. */
const roundingShare = 1e-12;

/**
 * The mean that people would give, from few labels and many scores of a judge, with units as clusters of interactions.
 *
 * θ = Ȳ + λ (f̄ elsewhere − f̄ on the labelled), each mean a ratio of sums over units. By how much a mean moves without
 * unit u is d_u = (S_u − mean n_u) / (n − n_u), and V = Σ (k d_u(Y) + λ (k' d_u(f elsewhere) − k d_u(f on the labelled)))²
 * with k² = (G − 1) / G × (n − 1) / n for n interactions of G units: a unit that is in both samples counts with its
 * covariance. λ is the one of least V, cut to [0, 1], with the judge's variance taken from both samples together. With one
 * interaction per unit all this is `predictionPoweredMean`. The labelled interactions must be a random sample. `units` is
 * the number of units with labels.
 * Source: Angelopoulos, Duchi, Zrnic 2023 (PPI++, arXiv 2311.01453); Efron, Tibshirani 1993, An Introduction to the
 * Bootstrap, chapter 11 (leave-one-unit-out).
 *
 * @example clusteredPredictionPowered(units, 'interaction'); // { value: 0.59, variance: 0.0007, reliance: 0.8, labels: 310, … }
 */
export function clusteredPredictionPowered(
  judged: readonly JudgedUnit[],
  /** What counts the same: every interaction, or every unit, whose interactions then share its weight. */
  weighing: 'interaction' | 'unit',
): ClusteredPredictionPowered | Insufficient {
  const units = judged.filter(({ labelled, unlabelled }) => labelled + unlabelled > 0);
  const weights = units.map((unit) => (weighing === 'unit' ? 1 / (unit.labelled + unit.unlabelled) : 1));
  const people = sampleOf(units, weights, ({ labelled, labels }) => [labelled, labels, 0]);
  const same = sampleOf(units, weights, (unit) => [
    unit.labelled,
    unit.judgeOnLabelled,
    unit.spreadOnLabelled,
  ]);
  const elsewhere = sampleOf(units, weights, (unit) => [
    unit.unlabelled,
    unit.judgeElsewhere,
    unit.spreadElsewhere,
  ]);
  if (people.items < 2) return insufficient(`Too few labels by people, ${people.items} of the 2 needed.`);
  if (people.clusters < 2) return insufficient('All labels are of one unit.');
  const reliance = elsewhere.clusters < 2 ? 0 : bestReliance(people, same, elsewhere);
  const shift = reliance === 0 ? 0 : reliance * (elsewhere.mean - same.mean);
  const moves = people.shifts.map(
    (own, unit) => own + reliance * (at(elsewhere.shifts, unit) - at(same.shifts, unit)),
  );
  const variance = exactSum(moves.map((move) => move ** 2));
  const size = Math.abs(people.mean) + reliance * (Math.abs(same.mean) + Math.abs(elsewhere.mean));
  if (variance <= (roundingShare * size) ** 2) return insufficient('All labels are the same.');
  return {
    status: 'ok',
    value: people.mean + shift,
    variance,
    units: people.clusters,
    reliance,
    labels: people.items,
  };
}

/** One kind of value over all units. */
interface Sample {
  readonly mean: number;
  /** Sum of the weights of the items. */
  readonly size: number;
  /** Variance of the items, divisor n. */
  readonly variance: number;
  /** k d_u of each unit. */
  readonly shifts: readonly number[];
  readonly items: number;
  /** Units with items. */
  readonly clusters: number;
}

function sampleOf(
  units: readonly JudgedUnit[],
  weights: readonly number[],
  part: (unit: JudgedUnit) => readonly [items: number, sum: number, spread: number],
): Sample {
  const rows = units.map((unit, place) => {
    const [items, sum, spread] = part(unit);
    return { items, sum, spread, weight: at(weights, place) };
  });
  const items = exactSum(rows.map((row) => row.items));
  const clusters = rows.filter((row) => row.items > 0).length;
  const size = exactSum(rows.map((row) => row.weight * row.items));
  if (clusters < 2) return { mean: 0, size, variance: 0, shifts: rows.map(() => 0), items, clusters };
  const mean = exactSum(rows.map((row) => row.weight * row.sum)) / size;
  const correction = Math.sqrt(((clusters - 1) / clusters) * ((items - 1) / items));
  const squares = rows.map((row) =>
    row.items === 0 ? 0 : row.weight * (row.spread + row.items * (row.sum / row.items - mean) ** 2),
  );
  return {
    mean,
    size,
    variance: exactSum(squares) / size,
    shifts: rows.map(
      (row) => (correction * row.weight * (row.sum - mean * row.items)) / (size - row.weight * row.items),
    ),
    items,
    clusters,
  };
}

/**
 * The λ of least variance: the sum of the labels' shifts times what λ multiplies, over that of its squares. The judge's
 * variance is known best from both samples together, so each sample's part is brought to that.
 */
function bestReliance(people: Sample, same: Sample, elsewhere: Sample): number {
  const size = same.size + elsewhere.size;
  const apart = (same.mean - elsewhere.mean) ** 2;
  const variance =
    (same.size * same.variance + elsewhere.size * elsewhere.variance) / size +
    ((same.size * elsewhere.size) / size ** 2) * apart;
  if (variance <= (roundingShare * (Math.abs(same.mean) + Math.abs(elsewhere.mean))) ** 2) return 0;
  const scaled = (sample: Sample) =>
    sample.variance > 0
      ? (variance / sample.variance) * product(sample.shifts, sample.shifts)
      : variance / sample.size;
  const both = Math.sqrt(same.variance * elsewhere.variance);
  const shared = both > 0 ? (variance / both) * product(same.shifts, elsewhere.shifts) : 0;
  const gained = product(people.shifts, same.shifts) - product(people.shifts, elsewhere.shifts);
  const multiplied = scaled(same) + scaled(elsewhere) - 2 * shared;
  return multiplied > 0 ? Math.min(1, Math.max(0, gained / multiplied)) : 0;
}

function product(one: readonly number[], other: readonly number[]): number {
  return exactSum(one.map((value, place) => value * at(other, place)));
}

function at(values: readonly number[], place: number): number {
  return values[place] ?? 0;
}
