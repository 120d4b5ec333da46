import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import { trend } from '../../statistics/trend.js';
import { finiteInterval } from '../finite.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';
import type { DifferenceInTime } from './difference-in-time.js';
import { partEffect } from './part-effect.js';
import { strataOf } from './strata.js';
import type { ModelEffect } from './time-effects.js';

/** The weight epoch with which another model began to answer to a name. */
export type ModelEpoch = Pick<WeightEpoch, 'number' | 'startedAt' | 'evidence'>;

/**
 * The epochs that a change of models opened.
 *
 * @example modelEpochs(epochs).map(({ number }) => number) // [3]
 */
export function modelEpochs(epochs: readonly WeightEpoch[]): ModelEpoch[] {
  return epochs.filter(({ cause }) => cause === 'model-change');
}

/**
 * The difference over units that came before each change of models and over those that came since, up to the changes next to it.
 * Units are told apart by when they came; what one that came before has met since counts as before.
 *
 * @example modelEffects(difference, changes)[0]?.change.difference; // −0.3: the variant does worse since the model changed
 */
export function modelEffects(difference: DifferenceInTime, changes: readonly ModelEpoch[]): ModelEffect[] {
  return changes.map((change, place) => {
    const [from, until] = [changes[place - 1]?.number ?? 0, changes[place + 1]?.number ?? Infinity];
    const before = part(difference, (epoch) => epoch >= from && epoch < change.number);
    const since = part(difference, (epoch) => epoch >= change.number && epoch < until);
    const tested = before.tested && since.tested ? [before.tested, since.tested] : [];
    const line = trend(
      tested.map((each, x) => ({ x, ...each })),
      difference.alpha,
    );
    const { reason } = change.evidence;
    return {
      at: change.startedAt.toISOString(),
      reason: typeof reason === 'string' ? reason : '',
      metric: difference.metric.key,
      variant: difference.pair.treatment,
      against: difference.pair.control,
      before: before.effect,
      since: since.effect,
      change:
        line.status === 'ok'
          ? { difference: line.slope, interval: finiteInterval(line.interval) }
          : { difference: null, interval: null },
    };
  });
}

function part({ cohorts, pair, metric, periods, alpha }: DifferenceInTime, isIn: (epoch: number) => boolean) {
  const within = periods.map((period): WeightPeriod => ({ ...period, epochs: period.epochs.filter(isIn) }));
  return partEffect(
    strataOf(cohorts, pair, metric.key, within, () => true),
    metric,
    alpha,
  );
}
