import { loggedDetail } from '../../src/generations/logged-detail.js';

const units = Array.from({ length: 4_000 }, (_, number) => `user-${number}`);
const inSample = (share: number, salt = 'salt') =>
  new Set(units.filter((unit) => loggedDetail({ mode: 'sampled', share }, salt, unit) === 'full'));

describe('what is logged', () => {
  it('is everything, everything but texts, or nothing, as the mode says', () => {
    for (const mode of ['full', 'metadata', 'off'] as const)
      expect(loggedDetail({ mode, share: 0.5 }, 'salt', 'user-1')).toBe(mode);
  });

  it('of a sample is the share asked for; of a larger one, the same units and more', () => {
    const [tenth, half] = [inSample(0.1), inSample(0.5)];
    // Five standard deviations of a binomial count.
    expect(Math.abs(tenth.size - 400)).toBeLessThan(5 * Math.sqrt(4_000 * 0.1 * 0.9));
    expect([...tenth].every((unit) => half.has(unit))).toBe(true);
    expect([inSample(0).size, inSample(1).size]).toEqual([0, 4_000]);
  });

  it('depends on the salt', () => {
    const both = [...inSample(0.1)].filter((unit) => inSample(0.1, 'other').has(unit));
    expect(both.length).toBeLessThan(100);
  });
});
