import { DrainPace } from '../../../src/metrics/spool/drain-pace.js';

/** Takes the turn and says when it came. */
function waiting(pace: DrainPace, count: number): { done: boolean } {
  const state = { done: false };
  void pace.turn(count).then(() => (state.done = true));
  return state;
}

const settled = () => new Promise(setImmediate);

describe('the pace of new outcomes beside a drain', () => {
  it('lets everything pass while nothing is drained', async () => {
    const pace = new DrainPace();
    const newcomer = waiting(pace, 1_000_000);
    await settled();
    expect(newcomer.done).toBe(true);
    expect(pace.backlog).toBe(0);
  });

  it('lets one pass for every two that have been drained, in order', async () => {
    const pace = new DrainPace();
    pace.progress(1);
    const [first, second] = [waiting(pace, 10), waiting(pace, 5)];
    expect(pace.backlog).toBe(30);
    pace.progress(19);
    await settled();
    expect([first.done, second.done]).toEqual([false, false]);
    pace.progress(1);
    await settled();
    expect([first.done, second.done]).toEqual([true, false]);
    pace.progress(10);
    await settled();
    expect(second.done).toBe(true);
    expect(pace.backlog).toBe(0);
  });

  it('keeps nobody once the drain has ended, and begins anew with the next', async () => {
    const pace = new DrainPace();
    pace.progress(1);
    const kept = waiting(pace, 1_000);
    pace.end();
    await settled();
    expect(kept.done).toBe(true);
    pace.progress(1);
    const next = waiting(pace, 1);
    pace.progress(2);
    await settled();
    expect(next.done).toBe(true);
  });
});
