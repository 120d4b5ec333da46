import type { Outcome } from '../../../src/metrics/outcome.js';

/** An outcome of that number, received so many seconds after the first. */
export function outcomeWith(number: number, changes: Partial<Outcome> = {}): Outcome {
  const at = new Date(Date.parse('2026-03-01T09:30:00Z') + number * 1_000);
  return {
    experimentId: 1,
    unit: '7c2e3f43-5b3c-5d5c-8d4f-0a1b2c3d4e5f',
    id: `outcome ${number}`,
    interaction: `interaction ${number}`,
    at,
    receivedAt: at,
    measures: [{ metric: 1, value: number }],
    tags: null,
    errored: false,
    replaces: false,
    phase: null,
    proof: null,
    ...changes,
  };
}
