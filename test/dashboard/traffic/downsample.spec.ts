import fc from 'fast-check';
import { thinSteps } from '../../../src/dashboard/web/experiment/traffic/downsample.js';

/** Steps whose shares sum to 1, at rising instants. */
const history = fc.integer({ min: 1, max: 4 }).chain((bands) =>
  fc
    .array(
      fc.record({
        wait: fc.integer({ min: 0, max: 5_000 }),
        parts: fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
          minLength: bands,
          maxLength: bands,
        }),
      }),
      { minLength: 1, maxLength: 400 },
    )
    .map((steps) => {
      let at = 1_000;
      return steps.map(({ wait, parts }) => {
        at += wait;
        const total = parts.reduce((sum, part) => sum + part, 0);
        return { at, shares: parts.map((part) => part / total) };
      });
    }),
);

const pixels = fc.integer({ min: 1, max: 60 });

describe('thinning the steps of a river to its pixels', () => {
  it('keeps shares that sum to 1, for it keeps steps as they are and in their order', () => {
    fc.assert(
      fc.property(history, pixels, (steps, width) => {
        const thinned = thinSteps(steps, width);
        for (const { shares } of thinned)
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(thinned).toEqual(steps.filter((step) => thinned.includes(step)));
      }),
    );
  });

  it('keeps the extremes of every band within every pixel', () => {
    fc.assert(
      fc.property(history, pixels, (steps, width) => {
        const thinned = thinSteps(steps, width);
        const [first, last] = [steps[0]!.at, steps.at(-1)!.at];
        const pixelOf = (at: number) =>
          last > first ? Math.floor((at - first) / ((last - first) / width)) : 0;
        for (const pixel of new Set(steps.map(({ at }) => pixelOf(at)))) {
          const [all, kept] = [steps, thinned].map((list) => list.filter(({ at }) => pixelOf(at) === pixel));
          for (const band of steps[0]!.shares.keys()) {
            const ends = (list: typeof steps) => {
              const shares = list.map((step) => step.shares[band]!);
              return [Math.min(...shares), Math.max(...shares)];
            };
            expect(ends(kept!)).toEqual(ends(all!));
          }
        }
      }),
    );
  });

  it('keeps the first and the last step, where a band begins and ends', () => {
    fc.assert(
      fc.property(history, pixels, (steps, width) => {
        const thinned = thinSteps(steps, width);
        expect(thinned[0]).toBe(steps[0]);
        expect(thinned.at(-1)).toBe(steps.at(-1));
      }),
    );
  });

  it('keeps no more than first, last and both extremes of each band for a pixel', () => {
    fc.assert(
      fc.property(history, pixels, (steps, width) => {
        const bands = steps[0]!.shares.length;
        // The last step begins a pixel of its own.
        expect(thinSteps(steps, width).length).toBeLessThanOrEqual((width + 1) * (2 + 2 * bands));
      }),
    );
  });

  it('thins two years of hourly steps to what 800 pixels show', () => {
    const hour = 3_600_000;
    const steps = Array.from({ length: 17_520 }, (_, place) => {
      const share = place === 9_001 ? 0.99 : 0.5 + 0.1 * Math.sin(place / 50);
      return { at: place * hour, shares: [share, 1 - share] };
    });
    const thinned = thinSteps(steps, 800);
    expect(thinned.length).toBeLessThan(4_900);
    // A single hour out of 17,520 is still there.
    expect(Math.max(...thinned.map(({ shares }) => shares[0]!))).toBe(0.99);
  });

  it('has nothing to thin without steps', () => {
    expect(thinSteps([], 100)).toEqual([]);
  });
});
