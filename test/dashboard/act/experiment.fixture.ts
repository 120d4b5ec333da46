import type { ExperimentView } from '../../../src/dashboard/web/api/contract.js';

/** A running experiment of two variants, at halves, as the page is shown it. */
export const running: ExperimentView = {
  key: 'exp_1',
  name: 'Greeting',
  description: '',
  hypothesis: '',
  unit: 'user',
  status: 'running',
  version: 4,
  source: 'live',
  demonstration: false,
  coverage: 100,
  holdback: 0,
  programmeHoldback: null,
  hash: 'murmur3-v1',
  control: 'control',
  fallback: {},
  variants: [
    { key: 'control', name: 'Plain', weight: 1, promptVersion: 'v1', config: {} },
    { key: 'treatment', name: 'Warm', weight: 1, promptVersion: 'v2', config: {} },
  ],
  metrics: {
    primary: ['user_rating'],
    secondary: ['cost_usd'],
    minimumEffect: 0.2,
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
  planHash: null,
  startsAt: null,
  startedAt: '2026-01-05T00:00:00.000Z',
  endsAt: null,
  createdAt: '2026-01-05T00:00:00.000Z',
  updatedAt: '2026-01-05T00:00:00.000Z',
  chosenPromptVersions: ['control', 'treatment'],
  registeredInCode: false,
  currentEpoch: {
    segment: '',
    number: 1,
    phase: 0,
    weights: { control: 0.5, treatment: 0.5 },
    coverage: 100,
    startedAt: '2026-01-05T00:00:00.000Z',
    cause: 'start',
    evidence: {},
  },
  leaves: [],
  warnings: [],
};

/** The same under a bandit that has moved the weights. */
export const bandit: ExperimentView = {
  ...running,
  allocation: {
    mode: 'bandit',
    reward: 'user_rating',
    floor: 0.01,
    every: 'PT1H',
    burnIn: { unitsPerVariant: 100 },
    maximumStep: 0.2,
  },
  currentEpoch: { ...running.currentEpoch!, weights: { control: 0.1, treatment: 0.9 } },
};

/** With a ramp at its first step, of which the second needs a person. */
export const ramped: ExperimentView = {
  ...running,
  coverage: 5,
  ramp: [
    { after: 'P0D', coverage: 5 },
    { after: 'P2D', coverage: 50, approval: true },
    { after: 'P7D', coverage: 100 },
  ],
};

/** In the first stage of a rollout. */
export const rollingOut: ExperimentView = {
  ...running,
  status: 'rolling-out',
  phase: 1,
  rollout: {
    winner: 'treatment',
    remainder: 'others',
    stages: [{ percent: 75, hold: 'PT24H' }, { percent: 100 }],
    stage: 0,
    paused: false,
    remainingHold: null,
    weightsBefore: { control: 0.5, treatment: 0.5 },
  },
};
