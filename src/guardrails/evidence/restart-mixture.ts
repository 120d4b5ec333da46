import { logSum } from '../../statistics/log-sum.js';

/** Harm on a scale of 0 to 1, of units whose first value since a copy began has just come. */
export interface Observation {
  /** The first copy, counted from 0, that has not seen these units yet; all later ones have not either. */
  readonly fromCopy: number;
  /** 0 = none, 1 = the worst value that the metric can take. */
  readonly harm: number;
  readonly units: number;
  /** Values that the units' figures were made of. */
  readonly values: number;
}

/** A bettor against "the mean harm is at most the threshold", who began at some point of the past. */
export interface Copy {
  /** From 1; which sets its share of the capital. */
  readonly number: number;
  /** What was written from here on came after it began; see `NewObservations`. */
  readonly since: string;
  /** ln of the capital that each bet has become. */
  readonly logCapitals: readonly number[];
}

/** All that an e-process remembers. */
export interface RestartMixture {
  readonly joined: number;
  /** Values since the last copy joined. */
  readonly values: number;
  /** Units counted so far, each as often as a value of it was taken in. */
  readonly observations: number;
  readonly copies: readonly Copy[];
  /** ln of the e-value: at ln(1 / alpha) the mean is surely beyond the threshold. */
  readonly logEValue: number;
}

/** Shares of what can be lost at a harm of 0. */
const bets = [0.05, 0.1, 0.2, 0.4];

/** Values after which a fresh copy joins. */
const restartEvery = 50;

/** ζ(1.5): the shares number^-1.5 / ζ(1.5) of all copies add up to 1. */
const zeta = 2.612375348685488;

/** A copy with a smaller share of the total is dropped: that can only lower the e-value. */
const logNegligible = Math.log(1e-10);

/** An e-process of one copy that has seen nothing. */
export function newMixture(since: string): RestartMixture {
  return { joined: 1, values: 0, observations: 0, copies: [freshCopy(1, since)], logEValue: 0 };
}

/**
 * Takes what came since the last look into a guardrail's e-process.
 *
 * E = Σ_j j^-1.5 / ζ(1.5) × mean over bets f of Π (1 + (f / p) (x_u − p)) + the share of copies still to come: a copy begins
 * every 50 values, so that a good past does not hide a bad present. x_u is a unit's mean harm in the first look that saw it
 * since the copy began: each unit counts once for each copy, however many values it has and however they resemble each
 * other. It needs no distribution, no sample size and no end: under a mean harm of p or less E ever exceeds 1 / alpha
 * with probability alpha at most.
 * Source: Waudby-Smith, Ramdas 2024, JRSSB 86:1 (betting); Shin, Ramdas, Rinaldo 2023 (restarts: e-detectors).
 *
 * @param threshold p, the largest harmless mean harm, inside (0, 1)
 * @param since where a copy begins that joins at this look
 * @example
 * takeObservations(newMixture('0'), [{ fromCopy: 0, harm: 1, units: 1, values: 1 }], 0.05, '8').logEValue; // 0.88
 */
export function takeObservations(
  before: RestartMixture,
  observations: readonly Observation[],
  threshold: number,
  since: string,
): RestartMixture {
  const copies = before.copies.map((copy, index) =>
    bet(
      copy,
      observations.filter(({ fromCopy }) => fromCopy <= index),
      threshold,
    ),
  );
  const shares = copies.map(
    ({ number, logCapitals }) => logMean(logCapitals) - 1.5 * Math.log(number) - Math.log(zeta),
  );
  const logEValue = logSum([...shares, logRest(before.joined)]);
  const kept = copies.filter((_, index) => (shares[index] ?? 0) > logEValue + logNegligible);
  const values = before.values + total(observations, ({ values: count }) => count);
  const restarts = values >= restartEvery;
  const joined = before.joined + (restarts ? 1 : 0);
  return {
    joined,
    values: restarts ? 0 : values,
    observations: before.observations + total(observations, ({ units }) => units),
    copies: restarts ? [...kept, freshCopy(joined, since)] : kept,
    logEValue,
  };
}

function bet(copy: Copy, observations: readonly Observation[], threshold: number): Copy {
  if (observations.length === 0) return copy;
  const logCapitals = bets.map((share, index) =>
    observations.reduce(
      (log, { harm, units }) => log + units * Math.log1p((share / threshold) * (harm - threshold)),
      copy.logCapitals[index] ?? 0,
    ),
  );
  return { ...copy, logCapitals };
}

/** ln of a lower bound on the share of the copies after the first `joined`: Σ_{j > n} j^-1.5 ≥ 2 / √(n + 1). */
function logRest(joined: number): number {
  return Math.log(2 / Math.sqrt(joined + 1) / zeta);
}

function freshCopy(number: number, since: string): Copy {
  return { number, since, logCapitals: bets.map(() => 0) };
}

function logMean(logs: readonly number[]): number {
  return logSum(logs) - Math.log(logs.length);
}

function total(observations: readonly Observation[], count: (each: Observation) => number): number {
  return observations.reduce((sum, each) => sum + count(each), 0);
}
