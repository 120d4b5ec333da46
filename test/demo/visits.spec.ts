import { arrivalTimes, usersOn } from '../../src/demo/arrival-times.js';
import { simulatedLabel, simulatedScore } from '../../src/demo/simulated-judge.js';
import { allStories } from '../../src/demo/stories/all-stories.js';
import { ordinaryTruth } from '../../src/demo/story.js';
import { drawVisit } from '../../src/demo/visit.js';
import { arrivalsOn, startOf } from '../../src/demo/visits.js';
import { seededRandom } from '../../src/llm/simulated/seeded-random.js';

const now = new Date('2026-11-20T15:00:00Z');
const friday = new Date('2026-11-20T00:00:00Z');
const saturday = new Date('2026-11-21T00:00:00Z');

describe('the visitors of the demo', () => {
  it('are about half as many on a weekend', () => {
    expect(usersOn(friday, 100)).toBe(100);
    expect(usersOn(saturday, 100)).toBe(55);
  });

  it('come within their day, earliest first, mostly in daylight', () => {
    const times = arrivalTimes(friday, 1_000, seededRandom('times'));
    expect(times).toHaveLength(1_000);
    expect([...times].sort((a, b) => a.getTime() - b.getTime())).toEqual(times);
    expect(times[0]!.getTime()).toBeGreaterThanOrEqual(friday.getTime());
    expect(times.at(-1)!.getTime()).toBeLessThan(saturday.getTime());
    // Of the hours' busyness, 13.0 in all, 0.41 fall between 0 and 6: 3 %, give or take five standard deviations.
    const atNight = times.filter((at) => at.getUTCHours() < 6).length;
    expect(atNight).toBeGreaterThan(5);
    expect(atNight).toBeLessThan(70);
  });

  it('come neither before the start nor after now, and are the same for the same seed', () => {
    const arrivals = arrivalsOn(friday, allStories, { seed: 1, now });
    expect(arrivals.length).toBeGreaterThan(100);
    for (const { at, story } of arrivals) {
      expect(at.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(at.getTime()).toBeGreaterThan(startOf(story, now)!.getTime());
    }
    expect(arrivalsOn(friday, allStories, { seed: 1, now })).toEqual(arrivals);
    expect(arrivalsOn(friday, allStories, { seed: 2, now })).not.toEqual(arrivals);
    const week = 7 * 86_400_000;
    const [later, laterNow] = [new Date(friday.getTime() + week), new Date(now.getTime() + week)];
    const units = arrivalsOn(later, allStories, { seed: 1, now: laterNow }).map(({ unit }) => unit);
    expect(units).toEqual(arrivals.map(({ unit }) => unit));
  });

  it('say of themselves that they are simulated', () => {
    for (const { unit } of arrivalsOn(friday, allStories, { seed: 1, now }))
      expect(unit).toMatch(/^simulated-/);
    for (const { definition } of allStories) {
      expect(definition.name).toMatch(/\(simulated\)$/);
      expect(definition.description).toMatch(/^Simulated: /);
    }
  });

  it('rate, fail and complete as their truth says', () => {
    const random = seededRandom('truth');
    const visits = Array.from({ length: 4_000 }, () => drawVisit({ ...ordinaryTruth, error: 0.2 }, random));
    const mean = (key: string) => {
      const values = visits.flatMap((visit) => visit[key] ?? []);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    // Within five standard errors: of a rating 1.14 / √2720, of the shares √(p q / n).
    expect(Math.abs(mean('user_rating') - 3.6)).toBeLessThan(0.11);
    expect(Math.abs(mean('error') - 0.2)).toBeLessThan(0.032);
    expect(Math.abs(mean('task_completed') - 0.62)).toBeLessThan(0.043);
    expect(visits.filter(({ error }) => error === 1).every((visit) => !('user_rating' in visit))).toBe(true);
  });
});

describe('the stand-in for a judge', () => {
  const good = 'Takeaway: call back. The export stops. Please send the file. Done today.';

  it('scores the same answer the same, within the scale, and says that it is none', () => {
    expect(simulatedScore(good)).toEqual(simulatedScore(good));
    expect(simulatedScore(good).reason).toMatch(/^Simulated judge, no model was asked: /);
    for (const answer of ['', 'a', good, good.repeat(9)]) {
      expect([1, 2, 3, 4, 5]).toContain(simulatedScore(answer).score);
      expect([1, 2, 3, 4, 5]).toContain(simulatedLabel(answer));
    }
  });

  it('prefers answers that name what to do', () => {
    const meanOf = (answer: string) =>
      Array.from({ length: 200 }, (_, index) => simulatedScore(`${answer} ${index}`).score).reduce(
        (sum, score) => sum + score,
        0,
      ) / 200;
    expect(meanOf(good)).toBeGreaterThan(meanOf('Nothing.') + 1);
  });
});
