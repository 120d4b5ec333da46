import { WaitingOutcomes } from '../../../src/metrics/spool/waiting-outcomes.js';
import { outcomeWith } from './outcome.fixture.js';

describe('what waits in a spool', () => {
  it('is counted by experiment, and aged by its oldest', () => {
    const waiting = new WaitingOutcomes();
    const now = outcomeWith(60).at;
    expect(waiting.age(now)).toBeNull();
    const sent = [outcomeWith(0), outcomeWith(10, { experimentId: 2 }), outcomeWith(10), outcomeWith(30)];
    waiting.add(sent);
    expect([waiting.total, waiting.of(1), waiting.of(2), waiting.of(3)]).toEqual([4, 3, 1, 0]);
    expect(waiting.age(now)).toBe(60_000);
    waiting.remove(sent.slice(0, 2));
    expect([waiting.total, waiting.of(1), waiting.of(2)]).toEqual([2, 2, 0]);
    expect(waiting.age(now)).toBe(50_000);
    waiting.remove(sent.slice(2));
    expect([waiting.total, waiting.of(1), waiting.age(now)]).toEqual([0, 0, null]);
  });
});
