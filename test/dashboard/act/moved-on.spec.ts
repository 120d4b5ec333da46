import { hasMovedOn } from '../../../src/dashboard/web/act/moved-on.js';
import { running } from './experiment.fixture.js';

describe('an experiment as it was left', () => {
  const left = { ...running, version: 2 };

  it('stands as long as its version does', () => {
    expect(hasMovedOn(left, left)).toBe(false);
    expect(hasMovedOn({ ...left, version: 3 }, left)).toBe(true);
  });

  it('does not stand once another has its key', () => {
    expect(hasMovedOn({ ...left, version: 1, createdAt: '2026-02-01T00:00:00.000Z' }, left)).toBe(true);
  });

  it('stands where only a deleted one of its key is remembered', () => {
    expect(hasMovedOn({ ...left, version: 9, createdAt: '2025-12-01T00:00:00.000Z' }, left)).toBe(false);
  });
});
