import { describe, expect, it } from '@jest/globals';
import { RecentAnswers } from '../../../src/operations/access/recent-answers.js';
import { TestClock } from '../test-clock.js';

const never = new Promise<never>(() => undefined);

function setUp(wait: () => Promise<unknown> = () => never) {
  const clock = new TestClock();
  return {
    clock,
    answers: new RecentAnswers<number>({ fresh: 100, usable: 1000, patience: 10 }, clock, wait, 10),
  };
}

describe('RecentAnswers', () => {
  it('asks again only once the answer is no longer fresh', async () => {
    const { clock, answers } = setUp();
    let asked = 0;
    const ask = () => Promise.resolve(++asked);
    expect(await answers.get('a', ask)).toBe(1);
    clock.advance(99);
    expect(await answers.get('a', ask)).toBe(1);
    clock.advance(1);
    expect(await answers.get('a', ask)).toBe(2);
  });

  it('asks once for everyone who waits', async () => {
    const { answers } = setUp();
    let asked = 0;
    const ask = () => Promise.resolve(++asked);
    expect(await Promise.all([answers.get('a', ask), answers.get('a', ask), answers.get('b', ask)])).toEqual([
      1, 1, 2,
    ]);
  });

  it('falls back on an old answer when the source fails, until that is too old', async () => {
    const { clock, answers } = setUp();
    await answers.get('a', () => Promise.resolve(1));
    clock.advance(500);
    expect(await answers.get('a', () => Promise.reject(new Error('away')))).toBe(1);
    clock.advance(500);
    await expect(answers.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });

  it('does not wait for a source that hangs when it has an old answer', async () => {
    const { clock, answers } = setUp(() => Promise.resolve());
    await answers.get('a', () => Promise.resolve(1));
    clock.advance(500);
    expect(await answers.get('a', () => never)).toBe(1);
  });

  it('forgets everything when told to', async () => {
    const { answers } = setUp();
    await answers.get('a', () => Promise.resolve(1));
    answers.clear();
    expect(await answers.get('a', () => Promise.resolve(2))).toBe(2);
  });
});
