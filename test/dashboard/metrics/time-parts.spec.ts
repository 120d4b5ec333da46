import type { TimeReportView } from '../../../src/dashboard/web/api/contract.js';
import { clocksOf } from '../../../src/dashboard/web/experiment/metrics/time-parts.js';

const effect = { units: 100, difference: 0.2, interval: [0.1, 0.3] };

function effects(rest: object): TimeReportView['effects'] {
  const base = {
    metric: 'user_rating',
    variant: 'treatment',
    against: 'control',
    novelty: null,
    weekdays: [],
  };
  return [{ ...base, weekdaysDiffer: null, drift: null, reasons: [], ...rest }];
}

describe('the clocks of an effect', () => {
  it('say that it wears off, and what to do', () => {
    const novelty = { days: [0, 1].map((day) => ({ day, ...effect })), fading: true, growing: false };
    const [clock] = clocksOf(effects({ novelty }), 'user_rating');
    expect(clock?.finding).toBe('treatment: the effect wears off; decide on the later figure.');
    expect(clock?.parts.map(({ name }) => name)).toEqual(['day 0', 'day 1']);
  });

  it('are left out where there is nothing to compare', () => {
    const weekdays = [{ weekday: 'Sunday', ...effect }];
    expect(clocksOf(effects({ weekdays }), 'user_rating')).toEqual([]);
  });

  it('are those of the metric that is asked for', () => {
    const weekdays = ['Monday', 'Sunday'].map((weekday) => ({ weekday, ...effect }));
    expect(clocksOf(effects({ weekdays }), 'user_rating')).toHaveLength(1);
    expect(clocksOf(effects({ weekdays }), 'cost_usd')).toEqual([]);
  });
});
