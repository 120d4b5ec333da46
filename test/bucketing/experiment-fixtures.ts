import type { Experiment, Variant } from '../../src/experiments/experiment.js';
import type { WeightEpoch } from '../../src/experiments/weight-epoch.js';
import { allocateSlots } from '../../src/bucketing/allocate-slots.js';
import { markMoved, noneMoved } from '../../src/bucketing/mark-moved.js';
import { moveSlots } from '../../src/bucketing/move-slots.js';

export function variant(key: string, weight = 50): Variant {
  return {
    key,
    name: key,
    weight,
    promptVersion: null,
    config: { model: `model of ${key}`, examples: [key] },
  };
}

/** A running experiment of two variants; its fallback is a configuration of its own, so that it can be told apart. */
export function experimentWith(changes: Partial<Experiment> = {}): Experiment {
  const start = new Date('2026-01-05T00:00:00Z');
  return {
    id: 1,
    key: 'exp_summarize_v2',
    name: 'Summarization',
    description: '',
    hypothesis: '',
    unit: 'user',
    status: 'running',
    version: 7,
    kills: 0,
    source: 'live',
    demonstration: false,
    coverage: 100,
    holdback: 0,
    hash: 'murmur3-v1',
    salt: 'salt-1',
    control: 'control',
    fallback: { model: 'model of before' },
    variants: [variant('control'), variant('treatment')],
    metrics: {
      primary: ['user_rating'],
      secondary: [],
      minimumEffect: null,
      margin: null,
      window: 'P7D',
      covariate: null,
    },
    plan: {
      alpha: 0.05,
      power: 0.8,
      minimumDays: 14,
      maximumDays: 60,
      unitsPerVariant: null,
      maximumCostRatio: null,
      decision: '',
    },
    guardrails: [],
    ramp: [],
    programmeHoldback: null,
    rampState: null,
    targeting: null,
    forced: {},
    layer: null,
    budget: null,
    failClosedAfter: null,
    generationLog: null,
    configSchema: null,
    judge: null,
    allocation: { mode: 'fixed' },
    admission: 'open',
    phase: 0,
    rollout: null,
    decidedVariant: null,
    declaration: null,
    planHash: null,
    startsAt: null,
    startedAt: start,
    endsAt: null,
    createdAt: start,
    updatedAt: start,
    ...changes,
  };
}

/** The first epoch of an experiment, by its variants' weights. */
export function firstEpoch(experiment: Experiment, changes: Partial<WeightEpoch> = {}): WeightEpoch {
  const weights = experiment.variants.map((each) => each.weight);
  return {
    experimentId: experiment.id,
    segment: '',
    number: 1,
    phase: 0,
    weights: sharesByKey(experiment, weights),
    slots: allocateSlots(weights),
    movedSlots: noneMoved(),
    coverage: experiment.coverage,
    startedAt: new Date('2026-01-05T00:00:00Z'),
    cause: 'start',
    evidence: {},
    ...changes,
  };
}

/** The epoch that follows when weights change. */
export function nextEpoch(
  experiment: Experiment,
  epoch: WeightEpoch,
  weights: readonly number[],
): WeightEpoch {
  const { slots } = moveSlots(epoch.slots, weights);
  return {
    ...epoch,
    number: epoch.number + 1,
    weights: sharesByKey(experiment, weights),
    slots,
    movedSlots: markMoved(epoch.movedSlots, epoch.slots, slots),
    cause: 'weights',
  };
}

function sharesByKey(experiment: Experiment, weights: readonly number[]): Record<string, number> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(
    experiment.variants.map((each, number) => [each.key, (weights[number] ?? 0) / total]),
  );
}

export const units: readonly string[] = Array.from({ length: 2_000 }, (_, number) => `user-${number}`);
