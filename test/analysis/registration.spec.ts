import { deviations, registration } from '../../src/analysis/registration.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';
import { planned } from './report-fixtures.js';

const complete = planned(
  { minimumEffect: 0.2 },
  { decision: 'Ship when better by 0.2.' },
  { hypothesis: 'Clearer.' },
);

describe('the registration', () => {
  it('is confirmatory when the whole plan was there at the start', () => {
    expect(registration(complete)).toBe('confirmatory');
  });

  it.each([
    ['hypothesis', { ...complete, hypothesis: '  ' }],
    ['minimum effect', { ...complete, metrics: { ...complete.metrics, minimumEffect: null } }],
    ['decision rule', { ...complete, plan: { ...complete.plan, decision: '' } }],
    ['time before the data', { ...complete, source: 'imported' as const }],
  ])('is exploratory without a %s', (_, experiment) => {
    expect(registration(experiment)).toBe('exploratory');
  });

  it('lists what was done otherwise than planned', () => {
    const at = new Date('2026-01-08T00:00:00Z');
    const epochs = (['start', 'ramp', 'bandit', 'bandit', 'weights'] as const).map((cause, place) => ({
      number: place + 1,
      cause,
      weights: {},
    }));
    const decisions = [
      { action: 'conclude', reason: '', at },
      { action: 'loosen guardrails', reason: 'too many alarms', at },
      { action: 'edit', reason: '', at },
    ];
    expect(deviations(experimentWith(), epochs, decisions)).toEqual([
      { code: 'BANDIT_ALLOCATION', message: expect.stringContaining('2 times') },
      { code: 'WEIGHTS_CHANGED', message: expect.stringContaining('1 time.') },
      { code: 'GUARDRAILS_LOOSENED', message: expect.stringContaining('2026-01-08: too many alarms') },
      { code: 'EARLY_STOP', message: expect.stringContaining('14 days') },
    ]);
    const late = [{ action: 'conclude', reason: '', at: new Date('2026-01-19T00:00:00Z') }];
    expect(deviations(experimentWith(), [], late)).toEqual([]);
  });
});
