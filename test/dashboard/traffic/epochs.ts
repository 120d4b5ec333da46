import type { DecisionView, EpochView } from '../../../src/dashboard/web/api/contract.js';

/** A weight epoch of two variants, half each, with all let in. */
export function epochOf(changes: Partial<EpochView> = {}): EpochView {
  return {
    segment: '',
    number: 1,
    phase: 0,
    weights: { control: 0.5, treatment: 0.5 },
    coverage: 100,
    startedAt: '2026-01-05T00:00:00.000Z',
    cause: 'start',
    evidence: {},
    ...changes,
  };
}

/** A person's decision. */
export function decisionOf(changes: Partial<DecisionView> = {}): DecisionView {
  return {
    at: '2026-01-05T00:00:00.000Z',
    actor: 'person:ana',
    action: 'start',
    reason: '',
    evidence: {},
    ...changes,
  };
}
