import { inTurns } from '../../../src/allocation/replay/in-turns.js';

/** Does so many steps that take so long each; tells how often others had come in before each. */
async function turnsBefore(steps: number, milliseconds: number) {
  let [now, turns] = [0, 0];
  function* work() {
    for (let step = 0; step < steps; step += 1) {
      now += milliseconds;
      yield turns;
    }
  }
  const pause = async () => {
    turns += 1;
    await Promise.resolve();
  };
  return inTurns(work(), { longest: 12, stopwatch: () => now, pause });
}

describe('work done in turns', () => {
  it('lets others in as soon as it has worked for so long, and not before', async () => {
    expect(await turnsBefore(9, 4)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });

  it('lets others in after every step that takes so long alone', async () => {
    expect(await turnsBefore(3, 50)).toEqual([0, 1, 2]);
  });

  it('ends where it is no longer wanted', async () => {
    const pause = () => Promise.reject(new Error('nobody waits'));
    const done = inTurns([1, 2], { longest: 0, stopwatch: () => 0, pause });
    await expect(done).rejects.toThrow('nobody waits');
  });
});
