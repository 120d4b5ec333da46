import fc from 'fast-check';
import type { Experiment } from '../../src/experiments/experiment.js';
import { asksForPin, assign, needsPin } from '../../src/bucketing/assign.js';
import { compileExperiment } from '../../src/bucketing/compiled-experiment.js';
import { hasMoved } from '../../src/bucketing/mark-moved.js';
import { saltSeed, slotOf } from '../../src/bucketing/slot.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { experimentWith, firstEpoch, nextEpoch, units, variant } from './experiment-fixtures.js';

const salt = fc.string({ minLength: 1, maxLength: 20 });
const sample = units.slice(0, 300);

function reasonOf(experiment: Experiment, unit: string): string | null {
  const decision = assign(compileExperiment(experiment, firstEpoch(experiment)), hashUnit(unit), undefined);
  return asksForPin(decision) ? needsPin : decision.reason;
}

function shareOf(experiment: Experiment, reason: string, among = units): number {
  const compiled = compileExperiment(experiment, firstEpoch(experiment));
  const matching = among.filter((unit) => {
    const decision = assign(compiled, hashUnit(unit), undefined);
    return !asksForPin(decision) && decision.reason === reason;
  });
  return matching.length / among.length;
}

describe('assign', () => {
  it('gives the same unit the very same answer every time, without making a new one', () => {
    fc.assert(
      fc.property(salt, fc.string({ unit: 'binary' }), (anySalt, unit) => {
        const experiment = experimentWith({ salt: anySalt, coverage: 60, holdback: 10 });
        const compiled = compileExperiment(experiment, firstEpoch(experiment));
        const again = compileExperiment(experiment, firstEpoch(experiment));
        expect(assign(compiled, hashUnit(unit), undefined)).toBe(assign(compiled, hashUnit(unit), undefined));
        expect(assign(again, hashUnit(unit), undefined)).toEqual(assign(compiled, hashUnit(unit), undefined));
      }),
    );
  });

  it('moves nobody when coverage rises, and lets in whoever was in before', () => {
    const percentages = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }));
    fc.assert(
      fc.property(salt, percentages, fc.integer({ min: 0, max: 50 }), (anySalt, hundredths, holdback) => {
        const [lower, higher] = hundredths.map((value) => value / 100).sort((a, b) => a - b);
        const [before, after] = [lower!, higher!].map((coverage) => {
          const experiment = experimentWith({ salt: anySalt, coverage, holdback });
          return compileExperiment(experiment, firstEpoch(experiment));
        });
        for (const unit of sample) {
          const was = assign(before!, hashUnit(unit), undefined);
          if (asksForPin(was) || was.reason === 'not-eligible') continue;
          expect(assign(after!, hashUnit(unit), undefined)).toEqual(was);
        }
      }),
    );
  });

  it('gives only units of slots that changed hands another variant when weights change', () => {
    const variants = ['a', 'b', 'c', 'd'].map((key) => variant(key));
    const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(salt, fc.array(weights, { minLength: 1, maxLength: 4 }), (anySalt, changes) => {
        const experiment = experimentWith({ salt: anySalt, variants, control: 'a' });
        const start = firstEpoch(experiment);
        const end = changes.reduce((epoch, change) => nextEpoch(experiment, epoch, change), start);
        const [before, after] = [compileExperiment(experiment, start), compileExperiment(experiment, end)];
        for (const unit of sample) {
          const moved = hasMoved(end.movedSlots, slotOf(hashUnit(unit), saltSeed(anySalt, 'slot')));
          expect(assign(after, hashUnit(unit), undefined) === needsPin).toBe(moved);
          if (moved) continue;
          expect(assign(after, hashUnit(unit), undefined)).toMatchObject({
            variant: (assign(before, hashUnit(unit), undefined) as { variant: string }).variant,
          });
        }
      }),
    );
  });
});

// Tolerances are four standard deviations of a share among 2,000 units: 4·√(p(1 − p)/2,000).
describe('the draws of one experiment', () => {
  it('let in the share of units that coverage says', () => {
    expect(Math.abs(shareOf(experimentWith({ coverage: 30 }), 'split') - 0.3)).toBeLessThan(0.041);
  });

  it('hold back the share of units that holdback says, whatever the coverage', () => {
    expect(Math.abs(shareOf(experimentWith({ holdback: 20 }), 'holdback') - 0.2)).toBeLessThan(0.036);
    const eligible = units.filter((unit) => reasonOf(experimentWith({ coverage: 50 }), unit) === 'split');
    const among = shareOf(experimentWith({ coverage: 50, holdback: 20 }), 'holdback', eligible);
    expect(Math.abs(among - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / eligible.length));
  });

  it('keep the same units held back in every later state that has a holdback', () => {
    const heldBack = (changes: Partial<Experiment>): string[] =>
      sample.filter((unit) => reasonOf(experimentWith({ holdback: 30, ...changes }), unit) === 'holdback');
    expect(heldBack({}).length).toBeGreaterThan(0);
    expect(heldBack({ status: 'rolling-out', phase: 1 })).toEqual(heldBack({}));
    expect(heldBack({ status: 'concluded', decidedVariant: 'treatment' })).toEqual(heldBack({}));
  });
});
