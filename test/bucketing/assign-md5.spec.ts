import type { Experiment } from '../../src/experiments/experiment.js';
import type { WeightEpoch } from '../../src/experiments/weight-epoch.js';
import { assign, needsPin } from '../../src/bucketing/assign.js';
import { compileExperiment } from '../../src/bucketing/compiled-experiment.js';
import { md5Eligible, md5Variant } from '../../src/bucketing/md5-assignment.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { experimentWith, firstEpoch, nextEpoch, units } from './experiment-fixtures.js';

const keys = ['control', 'treatment'];
const experiment = experimentWith({ hash: 'md5-v1' });
const start = firstEpoch(experiment);

function owner(unit: string, weights: readonly number[]): string {
  return keys[md5Variant(unit, experiment.key, weights)]!;
}

function compiled(epoch: WeightEpoch, history: readonly WeightEpoch[], changes: Partial<Experiment> = {}) {
  return compileExperiment({ ...experiment, ...changes }, epoch, history);
}

describe('assign with md5-v1', () => {
  it('gives the owner of the range, with the share of the weights as propensity', () => {
    const skewed = nextEpoch(experiment, start, [30, 70]);
    const fresh = compiled(skewed, []);
    for (const unit of units) {
      const variant = owner(unit, [30, 70]);
      const propensity = variant === 'control' ? 0.3 : 0.7;
      expect(assign(fresh, hashUnit(unit), undefined)).toMatchObject({
        variant,
        reason: 'split',
        propensity,
      });
    }
  });

  it('asks for the pin exactly where an earlier epoch of the phase would have given another variant', () => {
    const second = nextEpoch(experiment, start, [80, 20]);
    const third = nextEpoch(experiment, second, [50, 50]);
    const experimentNow = compiled(third, [start, second]);
    for (const unit of units) {
      const moved = owner(unit, [50, 50]) !== owner(unit, [80, 20]);
      expect(assign(experimentNow, hashUnit(unit), undefined) === needsPin).toBe(moved);
      expect(assign(experimentNow, hashUnit(unit), null)).toMatchObject({ variant: owner(unit, [50, 50]) });
      expect(assign(experimentNow, hashUnit(unit), { variant: 'treatment', epoch: 2 })).toMatchObject({
        reason: 'pinned',
        propensity: 0.2,
      });
    }
  });

  it('forgets epochs of another phase, for pins do not cross phases', () => {
    const second = { ...nextEpoch(experiment, start, [80, 20]), phase: 1 };
    const experimentNow = compiled(second, [start], { phase: 1 });
    expect(units.some((unit) => assign(experimentNow, hashUnit(unit), undefined) === needsPin)).toBe(false);
  });

  it('lets in the units that the article lets in, and moves nobody when coverage rises', () => {
    const [few, many] = [compiled({ ...start, coverage: 20 }, []), compiled({ ...start, coverage: 60 }, [])];
    for (const unit of units) {
      const reason = md5Eligible(unit, 20) ? 'split' : 'not-eligible';
      expect(assign(few, hashUnit(unit), undefined)).toMatchObject({ reason });
      if (reason === 'split')
        expect(assign(many, hashUnit(unit), undefined)).toEqual(assign(few, hashUnit(unit), undefined));
    }
  });

  it('ignores pins in a rollout', () => {
    const rollout = { ...nextEpoch(experiment, start, [0, 100]), phase: 1 };
    const rolling = compiled(rollout, [start], { status: 'rolling-out', phase: 1 });
    expect(assign(rolling, hashUnit('user-1'), { variant: 'control', epoch: 1 })).toMatchObject({
      variant: 'treatment',
      reason: 'rollout',
      propensity: 1,
    });
  });
});
