import type { VerdictView } from '../../../src/dashboard/web/api/contract.js';

/** A quiet guardrail: errors of the treatment stay below a tenth. */
export function verdictOf(changes: Partial<VerdictView> = {}): VerdictView {
  return {
    guardrail: { metric: 'error', above: 0.1, action: 'pause' },
    variant: 'treatment',
    status: 'ok',
    metric: 'error',
    side: 'above',
    threshold: 0.1,
    since: null,
    units: 812,
    mean: 0.03,
    bound: 0.02,
    alpha: 0.001,
    eValue: 0.4,
    eValueAlpha: 0.0009,
    path: [],
    overriddenUntil: null,
    ...changes,
  };
}
