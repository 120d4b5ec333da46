import { Clock } from '../../src/operations/clock.js';

/** A clock that moves only when told. */
export class TestClock extends Clock {
  private time = Date.parse('2026-01-01T00:00:00Z');

  now(): Date {
    return new Date(this.time);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
