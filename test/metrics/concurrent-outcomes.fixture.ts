import { cohortBin, cohortDay } from '../../src/bucketing/cohort.js';
import type { Exposure } from '../../src/bucketing/exposure.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import { replaceableIdPrefix, type Outcome } from '../../src/metrics/outcome.js';
import { attributionWindow, metricNumber } from './measurement.fixture.js';

export const units = 10;
const start = Date.parse('2026-03-01T09:30:00Z');

/** The exposure of one of the ten units. */
export function exposureOf(experimentId: number, unit: number): Exposure {
  const exposedAt = new Date(start + unit * 60_000);
  return {
    experimentId,
    unit: unitKey(`unit ${unit}`),
    phase: 0,
    unitId: `unit ${unit}`,
    variant: unit % 2 === 0 ? 'control' : 'treatment',
    epoch: 1,
    reason: 'split',
    propensity: 0.5,
    exposedAt,
    cohortDay: cohortDay(exposedAt),
    cohortBin: cohortBin(exposedAt, attributionWindow),
    attributes: null,
  };
}

/**
 * What one writer sends in one round: something on each unit, in an order of its own. Every writer sends the same ids,
 * ratings change with every round, and an error takes back its interaction's quality. Which units come with a proof of
 * their exposure differs from writer to writer.
 */
export function outcomesOf(experimentId: number, writer: number, round: number): Outcome[] {
  const order = Array.from({ length: units }, (_, step) => (writer * 3 + step * 7 + round) % units);
  return order.flatMap((unit, step) => {
    const exposure = exposureOf(experimentId, unit);
    const at = new Date(exposure.exposedAt.getTime() + round * 1_000);
    const errored = (round + unit) % 5 === 0;
    const shared = {
      experimentId,
      unit: exposure.unit,
      interaction: `interaction ${round}`,
      at,
      receivedAt: at,
      tags: null,
      phase: 0,
      proof: (writer + step) % 2 === 0 ? exposure : null,
    };
    const measured = { rating: unit + 0.1, latency: 900 + 25 * round, success: round % 2, cost: 0.003 };
    return [
      { ...shared, id: `outcome ${round}`, measures: measures(measured), errored: false, replaces: false },
      {
        ...shared,
        id: `${replaceableIdPrefix}${shared.interaction}:score`,
        measures: measures({ score: (writer + round) % 4, delay: 100 * ((writer + round) % 4) }),
        errored: false,
        replaces: true,
      },
      ...(errored
        ? [{ ...shared, id: `error ${round}`, measures: measures({ error: 1 }), errored, replaces: false }]
        : []),
    ];
  });
}

function measures(values: Record<string, number>) {
  return Object.entries(values).map(([key, value]) => ({ metric: metricNumber(key), value }));
}
