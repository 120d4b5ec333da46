import { inLanes } from '../../../src/simulation/run/lanes.js';
import { Traffic } from '../../../src/simulation/run/traffic.js';

describe('work in lanes', () => {
  it('does each item once, so many at a time', async () => {
    const done: number[] = [];
    let busy = 0;
    let most = 0;
    await inLanes(50, 4, async (index) => {
      busy += 1;
      most = Math.max(most, busy);
      await Promise.resolve();
      done.push(index);
      busy -= 1;
    });
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(most).toBe(4);
  });

  it('begins nothing new after a failure', async () => {
    let begun = 0;
    const work = inLanes(1000, 4, async (index) => {
      begun += 1;
      await Promise.resolve();
      if (index === 10) throw new Error('the server went away');
    });
    await expect(work).rejects.toThrow('the server went away');
    expect(begun).toBeLessThan(20);
  });

  it('has nothing to do for nobody', async () => {
    await inLanes(0, 4, () => Promise.reject(new Error('nobody is there')));
  });
});

describe('the traffic of a run', () => {
  it('counts events, new users by epoch and fallbacks by reason, and remembers the first users', () => {
    const traffic = new Traffic(2);
    traffic.count('ratings');
    traffic.fallback('paused');
    traffic.fallback('paused');
    for (const [unit, variant, epoch] of [
      ['a', 'control', 1],
      ['b', 'treatment', 1],
      ['c', 'treatment', 2],
    ] as const) {
      traffic.newUser({ unit, variant, epoch });
    }
    expect(traffic.counts).toMatchObject({ ratings: 1, visits: 0, fallbacks: { paused: 2 } });
    expect(traffic.newUsersOf(1)).toEqual({ control: 1, treatment: 1 });
    expect(traffic.newUsersOf(2)).toEqual({ treatment: 1 });
    expect(traffic.newUsersOf(3)).toEqual({});
    expect(traffic.earlyUsers.map(({ unit }) => unit)).toEqual(['a', 'b']);
  });
});
