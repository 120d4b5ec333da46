import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { median, type Figure, type Reading } from './figure.js';
import { alarmAt, article, betting, failedShare, guardrail, type Watch } from './watch.js';

/** Values after which harm that is still not found counts as never found. */
const most = 20_000;

/** Values from the start on until the alarm. */
function placesOf(run: Run, watch: Watch, rate: number): Figure {
  const places: number[] = [];
  for (const draws of run.times(2_000)) places.push(alarmAt(watch, () => draws.coin(rate), most));
  return median(places);
}

/** Values from the change on until the alarm; an alarm before it is a false one and counts elsewhere. */
function delaysOf(
  run: Run,
  watch: Watch,
  healthy: number,
  next: (draws: Draws, changed: boolean) => number,
): Figure {
  const delays: number[] = [];
  for (const draws of run.times(600)) {
    const place = alarmAt(watch, (at) => next(draws, at >= healthy), healthy + most);
    if (place > healthy) delays.push(place - healthy);
  }
  return median(delays);
}

function reading(name: string, figure: Figure, atMost?: number): Reading {
  return { name, figure, unit: 'number', ...(atMost === undefined ? {} : { atMost }) };
}

describe('guardrails with harm', () => {
  const fromStart = [
    [0.15, undefined],
    [0.2, 160],
    [0.3, 60],
    [0.5, 25],
  ] as const;

  bar('12', 'events until harm from the start is found (median), threshold 10 %', (run) =>
    fromStart.flatMap(([rate, atMost]) => {
      const of = (name: string, watch: Watch): Reading =>
        reading(`true rate ${100 * rate} %: ${name}`, placesOf(run, watch, rate), atMost);
      return [
        of('betting', betting()),
        of('betting with restarts every 100 events', betting(100)),
        of("the product's guardrail, 500 users a day", guardrail(500)),
      ];
    }),
  );

  const changes = [
    [0.2, 360],
    [0.3, 120],
  ] as const;

  bar('13', 'events until a change after 5 000 events is found (median), 5 % before, threshold 10 %', (run) =>
    changes.flatMap(([rate, atMost]) => {
      const next = (draws: Draws, changed: boolean): number => draws.coin(changed ? rate : 0.05);
      const of = (name: string, watch: Watch, healthy: number, demanded?: number): Reading =>
        reading(`to ${100 * rate} %: ${name}`, delaysOf(run, watch, healthy, next), demanded);
      return [
        of('over 10 % of all events (naive)', article, 5_000),
        of('betting', betting(), 5_000),
        of('betting with restarts every 100 events', betting(100), 5_000, atMost),
        of("the product's guardrail, on the 11th day of 500 users", guardrail(500), 5_000, atMost),
        of("the product's guardrail, at noon of that day", guardrail(500), 5_250, atMost),
      ];
    }),
  );

  bar('13', 'the same with users of 10 events each, ICC 0.3, to 20 %', (run) => {
    const next = (draws: Draws, changed: boolean): number => failedShare(draws, changed ? 0.2 : 0.05);
    const of = (name: string, watch: Watch, demanded?: number): Reading => {
      const { value, error, replications } = delaysOf(run, watch, 500, next);
      return reading(name, { value: 10 * value, error: 10 * error, replications }, demanded);
    };
    return [
      of('betting on user means', betting()),
      of('betting with restarts every 10 users', betting(10), 1_100),
      of("the product's guardrail, on the 11th day of 50 users", guardrail(50, 10, 1), 1_100),
    ];
  });
});
