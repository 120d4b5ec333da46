import { guardedBound } from '../../../src/guardrails/guarded-bound.js';
import type { GuardedRule } from '../../../src/guardrails/guarded-rule.js';
import { noBets, placeBets } from '../../../src/statistics/betting.js';
import type { Moments } from '../../../src/statistics/moments.js';
import { emptyMoments, mergeMoments } from '../../../src/statistics/merge-moments.js';
import { metricWith } from '../../allocation/fixtures.js';
import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { median, share, type Reading } from './figure.js';
import { binaryMoments } from './unit-data.js';

const alpha = 0.01;
const threshold = 0.1;
const goal = -Math.log(alpha);

/** Watches one value after the other; says after each whether it raises an alarm. */
type Watch = () => (value: number) => boolean;

/** The betting e-process, with or without bettors who join later. */
function betting(limit: number, restartEvery?: number): Watch {
  const rule = restartEvery === undefined ? { threshold: limit } : { threshold: limit, restartEvery };
  return () => {
    let state = noBets;
    return (value) => {
      state = placeBets(state, value, rule);
      return state.logEValue >= goal;
    };
  };
}

/** The bound that Assay's guardrails hold against their thresholds. */
function guarded(limit: number): Watch {
  const metric = metricWith({ kind: 'mean-per-unit', direction: 'decrease' });
  const rule: GuardedRule = { metric: metric.key, side: 'above', threshold: limit };
  return () => {
    let moments: Moments = emptyMoments;
    return (value) => {
      moments = mergeMoments([moments, oneUser(value)]);
      // A value below the threshold cannot raise the bound above it, and looking takes its time.
      if (value <= limit) return false;
      const { bound } = guardedBound(metric, moments, rule, alpha);
      return bound !== null && bound > limit;
    };
  };
}

function oneUser(value: number): Moments {
  return { ...binaryMoments(0, 1), sum: value, valueSum: value };
}

/** The article's rule: more than 100 events, and more than a tenth of them errors. */
const article: Watch = () => {
  let [events, errors] = [0, 0];
  return (value) => {
    events += 1;
    errors += value;
    return events > 100 && errors / events > threshold;
  };
};

/** The number of the value that raised the alarm, from 1; Infinity when none of `most` did. */
function alarmAt(watch: Watch, next: (place: number) => number, most: number): number {
  const look = watch();
  for (let place = 0; place < most; place += 1) if (look(next(place))) return place + 1;
  return Infinity;
}

function falseAlarms(
  run: Run,
  replications: number,
  watch: Watch,
  next: (draws: Draws) => number,
  most = 10_000,
) {
  let [alarms, count] = [0, 0];
  for (const draws of run.times(replications)) {
    count += 1;
    alarms += alarmAt(watch, () => next(draws), most) < Infinity ? 1 : 0;
  }
  return share(alarms, count);
}

/** Users with ten events each, one value per user: the share of them that failed. */
const userMean =
  (rate: number) =>
  (draws: Draws): number =>
    draws.binomial(10, draws.beta((rate * 7) / 3, ((1 - rate) * 7) / 3)) / 10;

describe('guardrails without harm', () => {
  bar('11', 'false alarms of a threshold of 10 %, 10 000 events, looked at after each', (run) => {
    const plain = [0.05, 0.08, 0.095].map((rate): Reading => {
      const figure = falseAlarms(run, 2_000, betting(threshold), (draws) => draws.coin(rate));
      return { name: `betting, true rate ${100 * rate} %`, figure, atMost: 0.015 };
    });
    const naive = [0.05, 0.08, 0.095, 0.1].map((rate): Reading => {
      const figure = falseAlarms(run, 2_000, article, (draws) => draws.coin(rate));
      return { name: `over 10 % of more than 100 events (naive), true rate ${100 * rate} %`, figure };
    });
    const atThreshold = (replications: number, watch: Watch) =>
      falseAlarms(run, replications, watch, (draws) => draws.coin(threshold));
    return [
      ...naive,
      ...plain,
      { name: 'betting, true rate 10 %', figure: atThreshold(2_000, betting(threshold)), atMost: 0.015 },
      {
        name: 'betting with restarts, true rate 10 %',
        figure: atThreshold(600, betting(threshold, 100)),
        atMost: 0.015,
      },
      {
        name: "the product's bound, true rate 10 %",
        figure: atThreshold(2_000, guarded(threshold)),
        atMost: 0.015,
      },
    ];
  });

  bar('11', 'the same with 1 000 users of 10 events each, ICC 0.3, true rate 10 %', (run) => {
    const clustered = (replications: number, watch: Watch) =>
      falseAlarms(run, replications, watch, userMean(threshold), 1_000);
    return [
      { name: 'betting on user means', figure: clustered(2_000, betting(threshold)), atMost: 0.015 },
      {
        name: 'betting on user means with restarts',
        figure: clustered(600, betting(threshold, 10)),
        atMost: 0.015,
      },
      { name: "the product's bound", figure: clustered(2_000, guarded(threshold)), atMost: 0.015 },
    ];
  });
});

describe('guardrails with harm', () => {
  const found = (run: Run, watch: Watch, rate: number): number[] => {
    const places: number[] = [];
    for (const draws of run.times(2_000)) places.push(alarmAt(watch, () => draws.coin(rate), 20_000));
    return places;
  };

  bar('12', 'events until harm from the start is found (median), threshold 10 %', (run) =>
    (
      [
        [0.15, undefined],
        [0.2, 160],
        [0.3, 60],
        [0.5, 25],
      ] as const
    ).flatMap(([rate, atMost]) => {
      const bound = atMost === undefined ? {} : { atMost };
      const reading = (name: string, watch: Watch): Reading => ({
        name: `true rate ${100 * rate} %: ${name}`,
        figure: median(found(run, watch, rate)),
        unit: 'number',
        ...bound,
      });
      return [
        reading('betting', betting(threshold)),
        reading('betting with restarts', betting(threshold, 100)),
        reading("the product's bound", guarded(threshold)),
      ];
    }),
  );

  /** Values from the change on until the alarm; alarms before it do not count. */
  const delay = (
    run: Run,
    watch: Watch,
    healthy: number,
    next: (draws: Draws, changed: boolean) => number,
  ) => {
    const delays: number[] = [];
    for (const draws of run.times(600)) {
      const place = alarmAt(watch, (at) => next(draws, at >= healthy), healthy + 20_000);
      if (place > healthy) delays.push(place - healthy);
    }
    return median(delays);
  };

  bar('13', 'events until a change after 5 000 events is found (median), 5 % before, threshold 10 %', (run) =>
    (
      [
        [0.2, 360],
        [0.3, 120],
      ] as const
    ).flatMap(([rate, atMost]): Reading[] => {
      const next = (draws: Draws, changed: boolean): number => draws.coin(changed ? rate : 0.05);
      const reading = (name: string, watch: Watch): Reading => ({
        name: `to ${100 * rate} %: ${name}`,
        figure: delay(run, watch, 5_000, next),
        unit: 'number',
      });
      return [
        reading('over 10 % of all events (naive)', article),
        reading('betting', betting(threshold)),
        reading("the product's bound", guarded(threshold)),
        { ...reading('betting with restarts', betting(threshold, 100)), atMost },
      ];
    }),
  );

  bar('13', 'the same with users of 10 events each, ICC 0.3, to 20 %', (run) => {
    const next = (draws: Draws, changed: boolean): number => userMean(changed ? 0.2 : 0.05)(draws);
    const events = (watch: Watch) => {
      const figure = delay(run, watch, 500, next);
      return { value: 10 * figure.value, error: 10 * figure.error, replications: figure.replications };
    };
    return [
      { name: 'betting on user means', figure: events(betting(threshold)), unit: 'number' },
      { name: "the product's bound", figure: events(guarded(threshold)), unit: 'number' },
      {
        name: 'betting on user means with restarts',
        figure: events(betting(threshold, 10)),
        unit: 'number',
        atMost: 1_100,
      },
    ];
  });
});
