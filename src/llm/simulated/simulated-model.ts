import type { LlmErrorKind } from '../llm-error.js';
import { logNormal, type Random } from './seeded-random.js';

/** How a family of models behaves: log-normal time to first token and writing speed, and how often it fails. */
export interface SimulatedModel {
  /** Milliseconds to the first token. */
  readonly firstToken: { readonly median: number; readonly sigma: number };
  /** Tokens a second. */
  readonly speed: { readonly median: number; readonly sigma: number };
  readonly errorRate: number;
}

const families: readonly (readonly [RegExp, SimulatedModel])[] = [
  [
    /haiku|mini|nano|flash|small/,
    { firstToken: { median: 350, sigma: 0.3 }, speed: { median: 150, sigma: 0.2 }, errorRate: 0.004 },
  ],
  [
    /opus|fable|mythos|large/,
    { firstToken: { median: 1100, sigma: 0.4 }, speed: { median: 45, sigma: 0.25 }, errorRate: 0.008 },
  ],
];

const middling: SimulatedModel = {
  firstToken: { median: 650, sigma: 0.35 },
  speed: { median: 75, sigma: 0.25 },
  errorRate: 0.006,
};

/** The behaviour that goes with a model's name. The figures are plausible, not measured. */
export function simulatedModel(model: string): SimulatedModel {
  return families.find(([pattern]) => pattern.test(model))?.[1] ?? middling;
}

/** Milliseconds of one simulated answer, before any scaling. */
export interface SimulatedTimings {
  readonly firstToken: number;
  readonly perToken: number;
}

export function drawTimings(model: SimulatedModel, random: Random): SimulatedTimings {
  const firstToken = logNormal(model.firstToken.median, model.firstToken.sigma, random);
  return { firstToken, perToken: 1000 / logNormal(model.speed.median, model.speed.sigma, random) };
}

/** The failure this answer shall be, at that rate; `null` for none. Half are overloads, as with real providers at peak. */
export function drawFailure(errorRate: number, random: Random): LlmErrorKind | null {
  const draw = random();
  if (draw >= errorRate) return null;
  const share = draw / errorRate;
  if (share < 0.5) return 'overloaded';
  return share < 0.8 ? 'rate-limited' : 'failed';
}
