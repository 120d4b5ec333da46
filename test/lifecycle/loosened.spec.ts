import type { Guardrail } from '../../src/experiments/guardrail.js';
import { loosened } from '../../src/lifecycle/started-edit.js';

const error = { metric: 'error', above: 0.1, action: 'pause' } as const satisfies Guardrail;
const beside = {
  metric: 'user_rating',
  worseThanControlBy: 0.2,
  action: 'zero',
} as const satisfies Guardrail;

describe('loosened', () => {
  it.each<[string, Guardrail, Guardrail]>([
    ['a severer action', error, { ...error, action: 'roll-back' }],
    ['a lower bound', error, { ...error, above: 0.05 }],
    ['a smaller margin', beside, { ...beside, worseThanControlBy: 0.1 }],
    ['margins of which one says that it is not relative', beside, { ...beside, relative: false }],
  ])('lets %s pass', (_, before, after) => expect(loosened([before], [after])).toEqual([]));

  it.each<[string, Guardrail, Guardrail]>([
    ['a milder action', error, { ...error, action: 'zero' }],
    ['a higher bound', error, { ...error, above: 0.2 }],
    ['a larger margin', beside, { ...beside, worseThanControlBy: 0.3 }],
    ['a margin in another unit', beside, { ...beside, relative: true }],
    ['a bound instead of a margin', beside, { metric: 'user_rating', below: 4.5, action: 'kill' }],
    ['a quantile instead of a mean', error, { ...error, quantile: 0.99 }],
  ])('finds %s', (_, before, after) => expect(loosened([before], [after])).toEqual([before.metric]));
});
