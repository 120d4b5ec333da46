import { collectMoments, type UnitRow } from '../../../src/statistics/collect-moments.js';
import { emptyMoments, mergeMoments } from '../../../src/statistics/merge-moments.js';
import { compareRatios } from '../../../src/statistics/ratio.js';
import { welch } from '../../../src/statistics/welch.js';
import { bar } from './bar.js';
import type { Draws } from './draws.js';
import type { Reading } from './figure.js';
import { eventLevelScore } from './naive.js';
import { alpha, looks, RepeatedLooks } from './repeated-looks.js';
import { clusteredUnits, geometricEvents, normalMoments, tenEvents } from './unit-data.js';

const replications = 100_000;

/** What is demanded of the two ways to look repeatedly. */
function demands(seen: RepeatedLooks): Reading[] {
  return [
    seen.reading('groupSequential', 'group sequential test', { atLeast: 0.04, atMost: 0.055 }),
    seen.reading('sequence', 'confidence sequence', { atMost: 0.05 }),
  ];
}

describe('daily looks at variants that are alike', () => {
  bar('4', '14 looks, 50 users per variant and day, one value each', (run) => {
    const seen = new RepeatedLooks();
    for (const draws of run.times(replications)) {
      let [control, treatment] = [emptyMoments, emptyMoments];
      seen.begin();
      for (let look = 0; look < looks; look += 1) {
        control = mergeMoments([control, normalMoments(draws, 50)]);
        treatment = mergeMoments([treatment, normalMoments(draws, 50)]);
        seen.take(look, welch(control, treatment, alpha));
      }
    }
    return [seen.reading('fixed', 'p < 0.05 at any look (naive)'), ...demands(seen)];
  });

  bar('5', '14 looks, 30 users per variant and day, geometric events (mean 10), ICC 0.3', (run) => {
    const seen = new RepeatedLooks();
    const clusters = { intraclassCorrelation: 0.3, events: geometricEvents };
    const day = (draws: Draws) => collectMoments(clusteredUnits(draws, 30, clusters));
    const even = { intraclassCorrelation: 0.3, events: tenEvents };
    const article = new RepeatedLooks();
    for (const draws of run.times(8_000)) {
      let [control, treatment] = [emptyMoments, emptyMoments];
      article.begin();
      for (let look = 0; look < looks; look += 1) {
        control = mergeMoments([control, collectMoments(clusteredUnits(draws, 30, even))]);
        treatment = mergeMoments([treatment, collectMoments(clusteredUnits(draws, 30, even))]);
        article.take(look, compareRatios(control, treatment, alpha), eventLevelScore(control, treatment));
      }
    }
    for (const draws of run.times(replications)) {
      let [control, treatment] = [emptyMoments, emptyMoments];
      seen.begin();
      for (let look = 0; look < looks; look += 1) {
        control = mergeMoments([control, day(draws)]);
        treatment = mergeMoments([treatment, day(draws)]);
        seen.take(look, compareRatios(control, treatment, alpha), eventLevelScore(control, treatment));
      }
    }
    return [
      article.reading('naive', '10 events each: event-level Welch beyond 1.96 (naive)'),
      seen.reading('naive', 'event-level Welch beyond 1.96 at any look (naive)'),
      seen.reading('fixed', 'ratio, p < 0.05 at any look'),
      ...demands(seen),
    ];
  });

  bar('21', '14 looks, 50 users per variant and day, a user an event a day, ICC 0.05', (run) => {
    const perDay = 50;
    const open = new RepeatedLooks();
    const matured = new RepeatedLooks();
    for (const draws of run.times(1_500)) {
      const variants = [new GrowingVariant(perDay), new GrowingVariant(perDay)] as const;
      open.begin();
      matured.begin();
      for (let day = 0; day < looks + windowDays - 1; day += 1) {
        for (const variant of variants) variant.live(draws);
        const [control, treatment] = variants;
        if (day < looks) open.take(day, welch(control.everyone(), treatment.everyone(), alpha));
        const look = day - (windowDays - 1);
        if (look >= 0) matured.take(look, welch(control.matured(), treatment.matured(), alpha));
      }
    }
    return [
      open.reading('fixed', 'users as they are, p < 0.05 at any look (naive)'),
      open.reading('groupSequential', 'users as they are, group sequential by their number'),
      matured.reading('groupSequential', 'matured users, group sequential test', { atMost: 0.06 }),
      matured.reading('sequence', 'matured users, confidence sequence', { atMost: 0.06 }),
    ];
  });
});

/** Days of a user that count. */
const windowDays = 3;

/** A variant whose users keep coming back: every day as many new ones, and an event of everyone. */
class GrowingVariant {
  private readonly users: { readonly own: number; sum: number; events: number; sumSquares: number }[] = [];
  private windowed = emptyMoments;

  constructor(private readonly perDay: number) {}

  live(draws: Draws): void {
    for (let user = 0; user < this.perDay; user += 1) {
      this.users.push({ own: Math.sqrt(0.05) * draws.normal(), sum: 0, events: 0, sumSquares: 0 });
    }
    for (const user of this.users) {
      const value = user.own + Math.sqrt(0.95) * draws.normal();
      user.sum += value;
      user.events += 1;
      user.sumSquares += value * value;
    }
    const maturing: UnitRow[] = this.users.filter(({ events }) => events === windowDays);
    this.windowed = mergeMoments([this.windowed, collectMoments(maturing)]);
  }

  /** Every user with whatever there is of it. */
  everyone(): ReturnType<typeof collectMoments> {
    return collectMoments(this.users);
  }

  /** The users whose window is over, with their windows alone. */
  matured(): ReturnType<typeof collectMoments> {
    return this.windowed;
  }
}
