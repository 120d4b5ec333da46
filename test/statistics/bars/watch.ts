import type { EvidenceStream } from '../../../src/guardrails/evidence/evidence.js';
import {
  newMixture,
  takeObservations,
  type Observation,
} from '../../../src/guardrails/evidence/restart-mixture.js';
import { guardrailVerdicts } from '../../../src/guardrails/guardrail-verdicts.js';
import { falseAlarmRate } from '../../../src/guardrails/verdict.js';
import { noBets, placeBets } from '../../../src/statistics/betting.js';
import { emptyMoments, mergeMoments } from '../../../src/statistics/merge-moments.js';
import type { Moments } from '../../../src/statistics/moments.js';
import { metricWith } from '../../allocation/fixtures.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import type { Run } from './bar.js';
import type { Draws } from './draws.js';
import { share, type Figure } from './figure.js';
import { binaryMoments } from './unit-data.js';

/** The largest harmless rate. */
export const threshold = 0.1;
/** Chance of a false alarm, ever. */
const goal = -Math.log(falseAlarmRate);

/** Watches one user's value after the other; says after each whether it raises an alarm. */
export type Watch = () => (value: number) => boolean;

/** The betting e-process, with or without bettors who join later. */
export function betting(restartEvery?: number): Watch {
  const rule = restartEvery === undefined ? { threshold } : { threshold, restartEvery };
  return () => {
    let state = noBets;
    return (value) => {
      state = placeBets(state, value, rule);
      return state.logEValue >= goal;
    };
  };
}

const startedAt = new Date('2026-01-05T00:00:00Z');
const [variant] = experimentWith().variants;

/**
 * Assay's guardrail on one variant with so many users a day, of so many values each, which looks every ten seconds: after
 * this many users.
 */
export function guardrail(perDay: number, values = 1, every = 10): Watch {
  const experiment = {
    guardrails: [{ metric: 'error', above: threshold, action: 'pause' } as const],
    variants: variant ? [variant] : [],
    control: variant?.key ?? '',
    startedAt,
  };
  const name = `${experiment.control} error above ${threshold}`;
  const metric = metricWith({ key: 'error', kind: 'mean-per-unit', direction: 'decrease' });
  return () => {
    const days: Moments[] = [];
    let stream: EvidenceStream = { ...newMixture('0'), path: [] };
    let fresh: Observation[] = [];
    let users = 0;
    return (value) => {
      const day = Math.floor(users / perDay);
      days[day] = mergeMoments([days[day] ?? emptyMoments, oneUser(value)]);
      users += 1;
      fresh.push({ fromCopy: 0, harm: Math.floor(200 * value) / 200, units: 1, values });
      if (fresh.length < every) return false;
      stream = { ...takeObservations(stream, fresh, threshold, '0'), path: [] };
      fresh = [];
      const totals = days.map((moments, number) => ({
        variant: variant?.key ?? '',
        metric: metric.key,
        epoch: 0,
        day: dayName(number),
        moments,
      }));
      const evidence = { snapshot: '', streams: { [name]: stream } };
      return guardrailVerdicts(experiment, { totals, evidence, overrides: [] }, () => metric).some(
        ({ status }) => status === 'breached',
      );
    };
  };
}

const dayNames = Array.from({ length: 400 }, (_, day) =>
  new Date(startedAt.getTime() + day * 86_400_000).toISOString().slice(0, 10),
);

function dayName(number: number): string {
  return dayNames[number] ?? '';
}

function oneUser(value: number): Moments {
  return { ...binaryMoments(0, 1), sum: value, valueSum: value };
}

/** The article's rule: more than 100 events, and more than a tenth of them errors. */
export const article: Watch = () => {
  let [events, errors] = [0, 0];
  return (value) => {
    events += 1;
    errors += value;
    return events > 100 && errors / events > threshold;
  };
};

/** The number of the value that raised the alarm, from 1; Infinity when none of `most` did. */
export function alarmAt(watch: Watch, next: (place: number) => number, most: number): number {
  const look = watch();
  for (let place = 0; place < most; place += 1) if (look(next(place))) return place + 1;
  return Infinity;
}

/** How often `most` values without harm raise an alarm. */
export function falseAlarms(
  run: Run,
  replications: number,
  watch: Watch,
  next: (draws: Draws) => number,
  most: number,
): Figure {
  let [alarms, count] = [0, 0];
  for (const draws of run.times(replications)) {
    count += 1;
    alarms += alarmAt(watch, () => next(draws), most) < Infinity ? 1 : 0;
  }
  return share(alarms, count);
}

/** The share of ten events that failed, for a user whose own chance follows a Beta with ICC 0.3. */
export function failedShare(draws: Draws, rate: number): number {
  const weight = 1 / 0.3 - 1;
  return draws.binomial(10, draws.beta(rate * weight, (1 - rate) * weight)) / 10;
}
