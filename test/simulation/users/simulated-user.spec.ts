import { habits, simulatedUser, visitRatings } from '../../../src/simulation/users/simulated-user.js';
import { burnInUnits, waveSizes } from '../../../src/simulation/users/waves.js';

describe('a simulated user', () => {
  it('is the same for the same seed and number, and another for another', () => {
    expect(simulatedUser(1, 17)).toEqual(simulatedUser(1, 17));
    expect(simulatedUser(2, 17).visits).not.toEqual(simulatedUser(1, 17).visits);
    expect(simulatedUser(1, 18).visits).not.toEqual(simulatedUser(1, 17).visits);
  });

  it('has the habits of the crowd', () => {
    const visits = Array.from({ length: 10_000 }, (_, number) => simulatedUser(1, number).visits);
    const all = visits.flat();
    const share = (has: (visit: (typeof all)[number]) => boolean) => all.filter(has).length / all.length;
    // Five binomial standard errors over 10,000 visits are 0.018 for 0.85 and less for the others.
    expect(share(({ rates }) => rates)).toBeCloseTo(habits.rate, 1.4);
    expect(Math.abs(share(({ rates }) => rates) - habits.rate)).toBeLessThan(0.018);
    expect(Math.abs(share(({ abandons }) => abandons) - habits.abandon)).toBeLessThan(0.01);
    expect(Math.abs(share(({ retries }) => retries) - habits.retry)).toBeLessThan(0.012);
    expect(Math.abs(share(({ fails }) => fails) - habits.fail)).toBeLessThan(0.005);
    // Visits: 1 + 0.25 + 0.25² = 1.3125 on average, with a standard error of about 0.006.
    expect(Math.abs(all.length / visits.length - 1.3125)).toBeLessThan(0.03);
    expect(new Set(visits.map(({ length }) => length))).toEqual(new Set([1, 2, 3]));
  });

  it('would rate every visit, better where the true mean is higher', () => {
    const user = Array.from({ length: 100 }, (_, number) => simulatedUser(3, number)).find(
      ({ visits }) => visits.length === 3,
    );
    if (!user) throw new Error('no user comes three times');
    expect(visitRatings(user, 3.6)).toHaveLength(3);
    expect(visitRatings(user, 1)).toEqual([1, 1, 1]);
    expect(visitRatings(user, 5)).toEqual([5, 5, 5]);
  });
});

describe('the waves of users', () => {
  it('are one for a fixed split, and two to eight for a bandit, of all users together', () => {
    expect(waveSizes(3000, false)).toEqual([3000]);
    expect(waveSizes(3000, true)).toEqual(Array<number>(8).fill(375));
    expect(waveSizes(200, true)).toEqual([100, 100]);
    for (const users of [200, 333, 1001, 54_321]) {
      expect(waveSizes(users, true).reduce((sum, size) => sum + size, 0)).toBe(users);
    }
  });

  it('end the burn-in with the first', () => {
    // A quarter of the first wave, where half of it is due to each variant.
    expect(burnInUnits(3000)).toBe(93);
    expect(burnInUnits(1_000_000)).toBe(100);
  });
});
