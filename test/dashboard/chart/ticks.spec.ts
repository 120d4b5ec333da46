import { scaleLinear } from 'd3-scale';
import { ticksOf, timeScaleOf, timeTicksOf } from '../../../src/dashboard/web/chart/ticks.js';

describe('ticks', () => {
  it('are round numbers at their pixels', () => {
    const ticks = ticksOf(scaleLinear([0, 1], [0, 200]), String);
    expect(ticks).toEqual([
      { at: 0, label: '0' },
      { at: 100, label: '0.5' },
      { at: 200, label: '1' },
    ]);
  });

  it.each([256, 300, 640, 1900])('stand apart on %i pixels, however long their labels are', (width) => {
    for (const print of [String, (value: number) => `${value.toFixed(2)} points`]) {
      const ticks = ticksOf(scaleLinear([0, 0.00137], [0, width]), print);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      for (const [place, { at, label }] of ticks.slice(1).entries())
        expect(at - ticks[place]!.at).toBeGreaterThan(6.5 * label.length);
    }
  });

  it('have the height that is given where they stand above each other', () => {
    const ticks = ticksOf(scaleLinear([0, 1], [200, 0]), (value) => `${value} of a long name`, 40);
    expect(ticks.map(({ at }) => at)).toEqual([200, 100, 0]);
  });

  it('of days name each day once', () => {
    const [first, last] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 15)];
    const labels = timeTicksOf(timeScaleOf([first, last], [0, 1200])).map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(2);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it.each([240, 640, 940, 1900])('of two years have room and name the year on %i pixels', (width) => {
    const ticks = timeTicksOf(timeScaleOf([Date.UTC(2024, 10, 22), Date.UTC(2026, 10, 22)], [0, width]));
    expect(ticks.length).toBeGreaterThan(0);
    for (const [place, { at, label }] of ticks.entries()) {
      expect(label).toMatch(/\b202[4-6]\b/);
      if (place > 0) expect(at - ticks[place - 1]!.at).toBeGreaterThan(60);
    }
  });

  it('put a single instant in the middle', () => {
    expect(timeScaleOf([1_000_000], [0, 100])(new Date(1_000_000))).toBe(50);
  });
});
