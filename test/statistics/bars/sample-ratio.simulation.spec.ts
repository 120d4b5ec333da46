import {
  sampleRatioChiSquare,
  sampleRatioSequential,
  type EpochCounts,
} from '../../../src/statistics/sample-ratio.js';
import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { median, share, type Reading } from './figure.js';

const replications = 20_000;
const days = 28;
const perDay = 500;

/** The treatment's weight on a day, from 0. */
type Schedule = (day: number) => number;

const flat: Schedule = () => 0.5;
const ramp: Schedule = (day) => (day < 4 ? 0.05 : day < 8 ? 0.2 : 0.5);
const bandit: Schedule = (day) => 0.5 + (0.45 * day) / (days - 1);
const schedules = { flat, 'ramp 5-20-50 %': ramp, 'bandit 50 to 95 %': bandit };

/** Adds a day's users: to the last epoch where the weight stayed, else to a new one. */
function arrive(
  draws: Draws,
  epochs: readonly EpochCounts[],
  weight: number,
  oddsFactor: number,
): EpochCounts[] {
  const odds = (oddsFactor * weight) / (1 - weight);
  const treated = draws.binomial(perDay, odds / (1 + odds));
  const last = epochs.at(-1);
  if (last?.weights[1] !== weight) {
    return [...epochs, { weights: [1 - weight, weight], units: [perDay - treated, treated] }];
  }
  const units = [(last.units[0] ?? 0) + perDay - treated, (last.units[1] ?? 0) + treated];
  return [...epochs.slice(0, -1), { ...last, units }];
}

/** The article's check, had it one: all users so far against the weights in force. */
function currentWeights(epochs: readonly EpochCounts[]): EpochCounts[] {
  const units = [0, 1].map((variant) => epochs.reduce((sum, epoch) => sum + (epoch.units[variant] ?? 0), 0));
  return [{ weights: epochs.at(-1)?.weights ?? [], units }];
}

function isRejected(epochs: readonly EpochCounts[], alpha: number): boolean {
  const result = sampleRatioChiSquare(epochs);
  return result.status === 'ok' && result.pValue < alpha;
}

function logEValue(epochs: readonly EpochCounts[]): number {
  const result = sampleRatioSequential(epochs);
  return result.status === 'ok' ? result.logEValue : NaN;
}

function falseAlarms(run: Run, name: string, schedule: Schedule): Reading[] {
  let [count, current, byEpoch, loose, strict] = [0, 0, 0, 0, 0];
  for (const draws of run.times(replications)) {
    let epochs: EpochCounts[] = [];
    let [largest, currentRejects, epochRejects] = [-Infinity, false, false];
    for (let day = 0; day < days; day += 1) {
      epochs = arrive(draws, epochs, schedule(day), 1);
      currentRejects ||= isRejected(currentWeights(epochs), 0.01);
      epochRejects ||= isRejected(epochs, 0.05);
      largest = Math.max(largest, logEValue(epochs));
    }
    count += 1;
    current += currentRejects ? 1 : 0;
    byEpoch += epochRejects ? 1 : 0;
    loose += largest >= Math.log(1 / 0.05) ? 1 : 0;
    strict += largest >= Math.log(1 / 0.01) ? 1 : 0;
  }
  return [
    { name: `${name}: chi-square, present weights, p < 0.01 (naive)`, figure: share(current, count) },
    { name: `${name}: chi-square over epochs, p < 0.05`, figure: share(byEpoch, count) },
    { name: `${name}: sequential at 0.05`, figure: share(loose, count), atMost: 0.05 },
    { name: `${name}: sequential at 0.01`, figure: share(strict, count), atMost: 0.01 },
  ];
}

function detection(run: Run, name: string, schedule: Schedule, oddsFactor: number): Reading[] {
  const found: number[] = [];
  let count = 0;
  for (const draws of run.times(replications)) {
    let epochs: EpochCounts[] = [];
    let day = 0;
    for (let alarm = false; day < days && !alarm; day += 1) {
      epochs = arrive(draws, epochs, schedule(day), oddsFactor);
      alarm = logEValue(epochs) >= Math.log(1 / 0.01);
      if (alarm) found.push(day + 1);
    }
    count += 1;
  }
  const bias = `${name}, odds ${Math.round(100 * (oddsFactor - 1))} % off`;
  const missed = Array.from({ length: count - found.length }, () => Infinity);
  return [
    { name: `${bias}: found`, figure: share(found.length, count), atLeast: 0.9 },
    { name: `${bias}: day (median)`, figure: median([...found, ...missed]), unit: 'number', atMost: 18 },
  ];
}

describe('sample ratio', () => {
  bar('14', 'false alarms of 28 daily looks at 500 users a day', (run) =>
    Object.entries(schedules).flatMap(([name, schedule]) => falseAlarms(run, name, schedule)),
  );

  bar('15', 'mismatches found at 0.01 within 28 days of 500 users', (run) =>
    [1.1, 1.2].flatMap((oddsFactor) => [
      ...detection(run, 'flat', flat, oddsFactor),
      ...detection(run, 'ramp', ramp, oddsFactor),
    ]),
  );
});
