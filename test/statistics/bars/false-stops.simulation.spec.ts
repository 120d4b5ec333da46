import { bar } from './bar.js';
import type { Reading } from './figure.js';
import { article, betting, failedShare, falseAlarms, guardrail, threshold, type Watch } from './watch.js';

/** What is demanded, and with how many replications; more bettors take more time. */
const atMost = 0.015;
const [many, few] = [2_000, 600];

describe('guardrails without harm', () => {
  bar('11', 'false alarms of a threshold of 10 %, 10 000 events, looked at after each', (run) => {
    const alarms = (replications: number, watch: Watch, rate: number) =>
      falseAlarms(run, replications, watch, (draws) => draws.coin(rate), 10_000);
    const rates = [0.05, 0.08, 0.095, threshold];
    const per = (name: string, rate: number): string => `true rate ${100 * rate} %: ${name}`;
    return [
      ...rates.map((rate): Reading => {
        return { name: per('over 10 % after 100 events (naive)', rate), figure: alarms(many, article, rate) };
      }),
      ...rates.map((rate): Reading => {
        return { name: per('betting', rate), figure: alarms(many, betting(), rate), atMost };
      }),
      {
        name: per('betting with restarts every 100 events', threshold),
        figure: alarms(few, betting(100), threshold),
        atMost,
      },
      {
        name: per("the product's guardrail, 500 users a day", threshold),
        figure: alarms(few, guardrail(500), threshold),
        atMost,
      },
    ];
  });

  bar('11', 'the same with 1 000 users of 10 events each, ICC 0.3, true rate 10 %', (run) => {
    const alarms = (replications: number, watch: Watch) =>
      falseAlarms(run, replications, watch, (draws) => failedShare(draws, threshold), 1_000);
    return [
      { name: 'betting on user means', figure: alarms(many, betting()), atMost },
      { name: 'betting with restarts every 10 users', figure: alarms(few, betting(10)), atMost },
      { name: "the product's guardrail, 50 users a day", figure: alarms(few, guardrail(50, 10, 1)), atMost },
    ];
  });
});
