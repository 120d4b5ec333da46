import { inTurns } from '../../../src/allocation/replay/in-turns.js';

/** Does so many steps that take so long each; tells how often others had come in before each. */
async function turnsBefore(steps: number, milliseconds: number, stopped = new AbortController().signal) {
  let [now, turns, isOver] = [0, 0, false];
  function* work() {
    for (let step = 0; step < steps; step += 1) {
      now += milliseconds;
      yield turns;
    }
  }
  const others = () => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  return inTurns(work(), { longest: 12, stopped, stopwatch: () => now }).finally(() => (isOver = true));
}

describe('work done in turns', () => {
  it('lets others in as soon as it has worked for so long, and not before', async () => {
    expect(await turnsBefore(9, 4)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });

  it('lets others in after every step that takes so long alone', async () => {
    expect(await turnsBefore(3, 50)).toEqual([0, 1, 2]);
  });

  it('ends where it is no longer wanted', async () => {
    const controller = new AbortController();
    const work = turnsBefore(9, 50, controller.signal);
    controller.abort(new Error('nobody waits'));
    await expect(work).rejects.toThrow('nobody waits');
  });
});
