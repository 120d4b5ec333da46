import type { OverviewItemView } from '../../../src/dashboard/web/api/contract.js';

/** An experiment that runs well, with an answer in sight. */
export const item: OverviewItemView = {
  key: 'exp_1',
  name: 'Greeting',
  status: 'running',
  version: 4,
  mode: 'fixed',
  createdAt: '2026-01-05T00:00:00.000Z',
  startedAt: '2026-01-05T00:00:00.000Z',
  coverage: 100,
  variants: [
    { key: 'control', weight: 0.5, units: 600 },
    { key: 'treatment', weight: 0.5, units: 603 },
  ],
  primary: {
    metric: 'user_rating',
    unit: '',
    direction: 'increase',
    variant: 'treatment',
    difference: 0.21,
    interval: [0.17, 0.25],
    sequentialInterval: [0.15, 0.27],
    relative: 0.05,
    significant: true,
    decided: 'better',
  },
  progress: { units: 1203, unitsNeeded: 2400, day: 5, daysLeft: 4 },
  guardrails: [{ name: 'error above 0.1', state: 'quiet' }],
  health: { srm: false, warnings: 0 },
  recommendation: { action: 'CONTINUE', reason: 'Too few units.' },
  lastDecision: { at: '2026-01-06T00:00:00.000Z', actor: 'person:anna', action: 'start' },
  asOf: '2026-01-09T00:00:00.000Z',
  fault: null,
};
