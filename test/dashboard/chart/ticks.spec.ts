import { scaleLinear } from 'd3-scale';
import { ticksOf, timeScaleOf, timeTicksOf } from '../../../src/dashboard/web/chart/ticks.js';

describe('ticks', () => {
  it('are round numbers at their pixels', () => {
    const ticks = ticksOf(scaleLinear([0, 1], [0, 200]), String);
    expect(ticks).toEqual([
      { at: 0, label: '0' },
      { at: 200, label: '1' },
    ]);
  });

  it.each([60, 120, 256, 640, 1900])('have room on %i pixels', (width) => {
    const ticks = ticksOf(scaleLinear([0, 0.00137], [0, width]), String);
    expect(ticks.length).toBeLessThanOrEqual(Math.max(2, Math.floor(width / 84)));
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
