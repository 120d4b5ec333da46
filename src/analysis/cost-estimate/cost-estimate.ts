import type { Experiment } from '../../experiments/experiment.js';
import { leastRequests, type PastUsage } from './past-usage.js';
import { requestCost, type RequestCost, type RequestOutlook } from './variant-cost.js';

/** How many units there will be; null with a reason where that is unknown. */
export interface PlannedUnits {
  readonly units: number | null;
  readonly reason: string | null;
}

/** One variant's part of the plan. */
export interface VariantCost extends RequestCost {
  readonly variant: string;
  readonly units: number | null;
  /** Whole ones; `usd` is of the number before it was rounded. */
  readonly requests: number | null;
  /** US dollars for all of its requests; null where the price or the units are unknown. */
  readonly usd: number | null;
}

/** What an experiment is expected to cost, before it starts or on its way. */
export interface CostEstimate {
  readonly experiment: string;
  readonly units: number | null;
  readonly requestsPerUnit: number;
  readonly variants: readonly VariantCost[];
  /** US dollars for the whole plan; null where a part of it is unknown, never a sum without it. */
  readonly usd: number | null;
  readonly reason: string | null;
  readonly assumptions: readonly string[];
}

/** What an estimate is made of. */
export interface CostSources {
  readonly experiment: Experiment;
  readonly planned: PlannedUnits;
  /** As given; null = as in the past, else one. */
  readonly requestsPerUnit: number | null;
  readonly own: readonly PastUsage[];
  readonly outlook: Omit<RequestOutlook, 'own'>;
}

/**
 * What the experiment's planned units are expected to cost: requests of each variant, by its weight, at its price.
 *
 * @example estimateCost(sources).usd // 41.3
 */
export function estimateCost(sources: CostSources): CostEstimate {
  const { experiment, planned, own, outlook } = sources;
  const past = own.length > 0 ? own : outlook.reference ? [outlook.reference.usage] : [];
  const requestsPerUnit = sources.requestsPerUnit ?? meanRequestsPerUnit(past) ?? 1;
  const weight = experiment.variants.reduce((sum, variant) => sum + variant.weight, 0);
  const variants = experiment.variants.map((variant): VariantCost => {
    const used = own.find((usage) => usage.variant === variant.key) ?? null;
    const cost = requestCost(variant.config, { ...outlook, own: used });
    const units = planned.units === null ? null : (planned.units * variant.weight) / weight;
    const expected = units === null ? null : units * requestsPerUnit;
    const usd = expected === null || cost.usdPerRequest === null ? null : expected * cost.usdPerRequest;
    const requests = expected === null ? null : Math.round(expected);
    return { variant: variant.key, ...cost, units, requests, usd };
  });
  const unknown = variants.find(({ usd }) => usd === null);
  return {
    experiment: experiment.key,
    units: planned.units,
    requestsPerUnit,
    variants,
    usd: unknown ? null : variants.reduce((sum, { usd }) => sum + (usd ?? 0), 0),
    reason: unknown ? (planned.reason ?? `${unknown.variant}: ${unknown.reason}`) : null,
    assumptions: assumptionsOf(sources, variants, past),
  };
}

function meanRequestsPerUnit(past: readonly PastUsage[]): number | null {
  const requests = past.reduce((sum, usage) => sum + usage.requests, 0);
  const units = past.reduce((sum, usage) => sum + usage.requests / usage.requestsPerUnit, 0);
  return units > 0 ? requests / units : null;
}

function assumptionsOf(
  { experiment, requestsPerUnit, own, outlook }: CostSources,
  variants: readonly VariantCost[],
  past: readonly PastUsage[],
): string[] {
  const on = (basis: VariantCost['basis']) =>
    variants.filter((variant) => variant.basis === basis).map(({ variant }) => variant);
  const { reference } = outlook;
  const sentences = own.map(
    ({ variant, requests }) => `${variant} goes on as its ${requests} requests so far.`,
  );
  if (reference && on('reference').length > 0)
    sentences.push(
      `${on('reference').join(', ')}: users send and get as much as in the ${reference.usage.requests} requests of ${reference.usage.variant} in ${reference.usage.experiment}; four characters of a prompt are a token.`,
    );
  if (on('assumed').length > 0)
    sentences.push(
      `${on('assumed').join(', ')}: the tokens of fewer than ${leastRequests} requests are known, so every answer is taken to be as long as maxTokens permits, and what users send to be ${outlook.assumedTokens} tokens: more likely too much than too little.`,
    );
  if (requestsPerUnit === null)
    sentences.push(
      past.length > 0 ? 'Units make as many requests as before.' : 'Each unit makes one request.',
    );
  const paid = own.some(({ costUsd }) => costUsd !== null);
  sentences.push(
    `${paid ? 'Prices are those paid so far, and those of today where nothing was paid' : 'Prices are those of today'}; retries, fallback configs and caches are reckoned with only as far as they are in what was paid.`,
  );
  if (experiment.allocation.mode === 'bandit')
    sentences.push('The bandit will move the weights; these are the ones of now.');
  if (experiment.judge) sentences.push("The judge's own calls are not included.");
  return sentences;
}
