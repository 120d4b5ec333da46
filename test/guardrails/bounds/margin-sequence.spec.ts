import { marginSequence } from '../../../src/guardrails/bounds/margin-sequence.js';
import { binaryMoments, metricWith, momentsOf } from '../../allocation/fixtures.js';
import { normalDraw, seededRandom } from '../../allocation/thompson-sampler.js';

const rating = metricWith({ key: 'user_rating', direction: 'increase', min: 1, max: 5 });
const cost = metricWith({ key: 'cost_usd', direction: 'decrease', min: 0, max: null });
const within = (worseThanControlBy: number, relative = false) =>
  ({ metric: '', worseThanControlBy, relative, action: 'pause' }) as const;
const around = (mean: number, units = 400) =>
  momentsOf(Array.from({ length: units }, (_, unit) => mean + (unit % 2) - 0.5));
const goal = Math.log(1 / 0.001);
const logEValue = (...input: Parameters<typeof marginSequence>) => marginSequence(...input)?.logEValue ?? NaN;

describe('marginSequence', () => {
  it('is sure of a rating worse by far more than the margin, and of none within it', () => {
    expect(logEValue(rating, within(0.1), around(4), around(3.5), 0.001)).toBeGreaterThan(goal);
    expect(logEValue(rating, within(0.6), around(4), around(3.5), 0.001)).toBeLessThan(0);
    expect(logEValue(rating, within(0.1), around(4), around(4.5), 0.001)).toBeLessThan(0);
  });

  it('knows which way is worse', () => {
    expect(logEValue(cost, within(0.1), around(4), around(4.5), 0.001)).toBeGreaterThan(goal);
    expect(logEValue(cost, within(0.1), around(4), around(3.5), 0.001)).toBeLessThan(0);
  });

  it('takes a relative margin as a share of control’s mean', () => {
    // A tenth of 4 is 0.4: 4.5 is beyond 4.4, 4.3 is not.
    const found = marginSequence(cost, within(0.1, true), around(4, 4_000), around(4.5, 4_000), 0.001);
    expect(found?.threshold).toBeCloseTo(4.4, 12);
    expect(found?.logEValue).toBeGreaterThan(goal);
    expect(logEValue(cost, within(0.1, true), around(4, 4_000), around(4.3, 4_000), 0.001)).toBeLessThan(0);
    expect(marginSequence(rating, within(0.1, true), around(4), around(4), 0.001)?.threshold).toBeCloseTo(
      3.6,
      12,
    );
  });

  it('has its bound beyond the threshold exactly where the e-value reaches 1 / alpha', () => {
    for (const mean of [4.05, 4.1, 4.15, 4.2, 4.25, 4.3, 4.4]) {
      const found = marginSequence(cost, within(0.1), around(4), around(mean), 0.01);
      if (!found) throw new Error('there are units enough');
      expect(found.bound > found.threshold).toBe(found.logEValue >= Math.log(100));
    }
  });

  it('says nothing with fewer than 25 units on either side, or of a quantile', () => {
    expect(marginSequence(rating, within(0.1), around(4, 24), around(2), 0.001)).toBeNull();
    expect(marginSequence(rating, within(0.1), around(4), around(2, 24), 0.001)).toBeNull();
    expect(
      marginSequence({ ...rating, kind: 'quantile' }, within(0.1), around(4), around(2), 0.001),
    ).toBeNull();
  });

  it('sees errors on every request where control has none at all', () => {
    const error = metricWith({ key: 'error', direction: 'decrease' });
    const found = marginSequence(error, within(0.05), binaryMoments(0, 200), binaryMoments(200, 200), 0.001);
    expect(found?.logEValue).toBeGreaterThan(goal);
  });

  it('alarms in at most alpha of all histories that are worse by exactly the margin', () => {
    const alpha = 0.05;
    const histories = 120;
    const random = seededRandom(19);
    let alarms = 0;
    for (let history = 0; history < histories; history += 1) {
      const [control, variant]: [number[], number[]] = [[], []];
      for (let units = 1; units <= 240; units += 1) {
        control.push(10 + 3 * normalDraw(random));
        variant.push(11 + 3 * normalDraw(random));
        if (units % 24 !== 0) continue;
        const found = marginSequence(cost, within(0.1, true), momentsOf(control), momentsOf(variant), alpha);
        if (!found || found.logEValue < Math.log(1 / alpha)) continue;
        alarms += 1;
        break;
      }
    }
    // Three Monte-Carlo errors above alpha.
    expect(alarms / histories).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / histories));
  });
});
