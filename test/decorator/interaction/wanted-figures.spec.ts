import { wantedFigures } from '../../../src/decorator/interaction/wanted-figures.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';

describe('wantedFigures', () => {
  it('are all but refusals and empty answers, which few ask for', () => {
    const isWanted = wantedFigures(experimentWith());
    expect(['error', 'latency_ms', 'cost_usd', 'refused', 'empty'].filter(isWanted)).toEqual([
      'error',
      'latency_ms',
      'cost_usd',
    ]);
    expect(wantedFigures(undefined)('refused')).toBe(false);
  });

  it('are those too where a guardrail or a metric is about them', () => {
    const guardrails = [{ metric: 'refused', above: 0.05, action: 'pause' } as const];
    const { metrics } = experimentWith();
    const experiment = experimentWith({ guardrails, metrics: { ...metrics, secondary: ['empty'] } });
    expect(['refused', 'empty'].filter(wantedFigures(experiment))).toEqual(['refused', 'empty']);
  });
});
